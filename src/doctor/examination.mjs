/** What comes only when somebody asks for it: the checks, and the panel that shows what they found. */

import { examine, reportOf } from './examine.mjs';
import { check } from './finding.mjs';
import { flexFacts } from './subject.mjs';

export { closePanel, openPanel } from './panel/index.mjs';

const SUBJECT = check(
  'doctor.subject',
  'The doctor asks the component what it thinks of its props.',
);

/**
 * @param {import('./subject.mjs').Subject} [subject] Left out, there is no component to ask.
 * @param {Function} [tell] As in `examine`.
 * @returns {Promise<import('./examine.mjs').Report>} Never rejects.
 */
export function examineIt(subject, tell) {
  return subject ? examine(subject, tell) : Promise.resolve(reportOf([nobody()]));
}

function nobody() {
  return SUBJECT.unknown(
    flexFacts.hasManager()
      ? 'No component on this page has the prop doctor.'
      : 'There is no Flex on this page, and no component.',
    'Pass doctor to registerTaskCanvasHeader, select a task so that the component is shown, and run it again.',
  );
}
