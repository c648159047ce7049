/** Judges what other plugins have made of the desktop. */

import { check } from '../finding.mjs';

const PANEL = check('flex.panel', "Viewers open in Flex's second panel.");
const COPIES = check('flex.copies', 'One copy of the package works on a desktop.');

/** @param {ReturnType<typeof import('../observe/neighbours.mjs').takenPanel>} taken */
export function judgePanel(taken) {
  if (taken === undefined) return PANEL.ok('No plugin has taken the second panel away.');
  const what =
    taken === 'hidden'
      ? 'A plugin hides the second panel (AgentDesktopView.defaultProps.showPanel2 is false).'
      : 'A plugin removed or replaced the second panel (AgentDesktopView.Panel2.Content).';
  return PANEL.warning(
    `${what} Viewers open in a tab.`,
    'Set openlocation to "tab" or "window", or take that line out of the other plugin.',
  );
}

/** @param {number} others How many copies stood back. */
export function judgeCopies(others) {
  if (others === 0) return COPIES.ok('There is one copy of the package.');
  return COPIES.warning(
    `Another plugin brought a copy of flex-glance, which came later and stands back (${others}).`,
    'Switch one of the plugins off.',
  );
}
