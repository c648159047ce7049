/**
 * `flex-glance/doctor`: finds what is wrong with a set-up. A plugin passes `doctor` to the component,
 * which then offers it to administrators. Importing it does nothing.
 */

import { host } from './host.mjs';
import { addButton } from './panel/button.mjs';
import { mayDiagnose, withTask } from './subject.mjs';

/** The components on the page, the newest last. */
const attached = [];

/** What a plugin gives to the component as the prop `doctor`. */
export const doctor = { attach, close, diagnose, open };

/** Evaluated at the first question: a plugin's start pays for the button alone. */
const examination = () => import('./examination.mjs');
let isAsked = false;

/**
 * Examines a set-up.
 * @param {Record<string, any>} [props] A component's props, for the component on the page to judge; left out,
 *   its own.
 * @returns {Promise<import('./examine.mjs').Report>} Never rejects. It holds no secret.
 */
export async function diagnose(props) {
  const { examineIt } = await examination();
  return examineIt(subjectFor(props));
}

/**
 * Opens the panel.
 * @param {Record<string, any>} [props] As in `diagnose`.
 */
function open(props) {
  return openFor(() => subjectFor(props));
}

async function openFor(subject) {
  isAsked = true;
  const { examineIt, openPanel } = await examination();
  openPanel(subject, examineIt);
}

/** Closes the panel, if it is open. */
async function close() {
  if (isAsked) (await examination()).closePanel();
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
    if (offered && !button) button = addButton(root, () => openFor(subject));
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
