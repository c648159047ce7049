/**
 * `flex-glance/doctor`: finds what is wrong with a set-up. A plugin passes `doctor` to the component,
 * which then offers it to administrators. Importing it does nothing.
 */

import { check } from './finding.mjs';
import { examine, reportOf } from './examine.mjs';
import { host } from './host.mjs';
import { addButton } from './panel/button.mjs';
import { closePanel, openPanel } from './panel/index.mjs';
import { flexFacts, mayDiagnose, withTask } from './subject.mjs';

/** The components on the page, the newest last. */
const attached = [];

/** What a plugin gives to the component as the prop `doctor`. */
export const doctor = { attach, close: closePanel, diagnose, open };

/**
 * Examines a set-up.
 * @param {Record<string, any>} [props] A component's props, for the component on the page to judge; left out,
 *   its own.
 * @returns {Promise<import('./examine.mjs').Report>} Never rejects. It holds no secret.
 */
export function diagnose(props) {
  return examineIt(subjectFor(props));
}

/**
 * Opens the panel.
 * @param {Record<string, any>} [props] As in `diagnose`.
 */
function open(props) {
  openPanel(() => subjectFor(props), examineIt);
}

/**
 * Called by the component as it is mounted.
 * @param {{root: ShadowRoot, read: () => object, ask: Function, flex: object, manager: object}} component
 *   `read` gives its props, task and slot as they are now; `ask` what it thinks of props and a task.
 * @returns {{update(): void, detach(): void}}
 */
function attach({ root, read, ask, flex, manager }) {
  if (manager) host.take(flex, manager);
  const subject = () => withTask({ ...read(), ask });
  attached.push(subject);
  window.flexGlance = { ...window.flexGlance, diagnose, open };
  let button;
  const update = () => {
    const { slot, props } = subject();
    if (slot === 'host') return;
    const offered = mayDiagnose(props);
    if (offered && !button) button = addButton(root, () => openPanel(subject, examineIt));
    if (!offered && button) {
      button.remove();
      button = undefined;
    }
    if (button) button.update(subject());
  };
  const detach = () => {
    attached.splice(attached.indexOf(subject), 1);
    if (button) button.remove();
  };
  harmless(update)();
  return { update: harmless(update), detach: harmless(detach) };
}

function subjectFor(props) {
  const subjects = attached.map((subject) => subject()).reverse();
  // A host is there for viewers alone; its props may be those of the first mount.
  const subject = subjects.find(({ slot }) => slot !== 'host') || subjects[0];
  return subject && props ? { ...subject, props } : subject;
}

function examineIt(subject, tell) {
  return subject ? examine(subject, tell) : Promise.resolve(reportOf([nobody()]));
}

function nobody() {
  const SUBJECT = check(
    'doctor.subject',
    'The doctor asks the component what it thinks of its props.',
  );
  return SUBJECT.unknown(
    flexFacts.hasManager()
      ? 'No component on this page has the prop doctor.'
      : 'There is no Flex on this page, and no component.',
    'Pass doctor to registerTaskCanvasHeader, select a task so that the component is shown, and run it again.',
  );
}

/** Nothing of the doctor's may reach React. */
function harmless(work) {
  return () => {
    try {
      work();
    } catch (error) {
      console.error('flex-glance: the doctor failed.', error);
    }
  };
}
