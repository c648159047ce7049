// Where a mock with rules of its own went wrong: the test's component does what the agent's does.
import { glance, registerCrmContainer } from 'flex-glance/testing';

import { named, page, PROPS, show, TASK } from '../page';

/** Flex with its Actions, the task in it, and the plugin's registration. */
function register(props) {
  const actions = {};
  const Actions = {
    registerAction: (action, run) => (actions[action] = run),
    invokeAction: async (action, payload) => actions[action](payload),
  };
  const worker = { tasks: new Map([[TASK.sid, TASK]]) };
  const view = { selectedTaskSid: TASK.sid };
  const store = { getState: () => ({ flex: { worker, view } }), subscribe() {} };
  const CRMContainer = { Content: { add: jest.fn(), remove: jest.fn() } };
  registerCrmContainer({ CRMContainer, Actions }, { store }, { ...PROPS, ...props });
  return Actions;
}

/** A Partner UID that the test gives when it likes. */
function promised() {
  let give;
  const promise = new Promise((resolve) => (give = resolve));
  return { puid: () => promise, give: () => give('maria') };
}

async function settle() {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}

test('an Action that ends a session while its key is fetched leaves nothing to open', async () => {
  const { puid, give } = promised();
  const Actions = register({ puid });
  show({ puid });
  named('Cobrowse').click();
  expect(page.textContent).toContain('Getting the login key…');
  await Actions.invokeAction('GlanceEndSession', { sid: TASK.sid });
  give();
  await settle();
  expect(glance.viewers).toEqual([]);
  expect(glance.callsOf('viewerOpened')).toEqual([]);
});

test('an Action with another key takes the place of the one that is fetched', async () => {
  const { puid, give } = promised();
  const Actions = register({ puid });
  show({ puid });
  named('Cobrowse').click();
  await Actions.invokeAction('GlanceJoinWithKey', { sid: TASK.sid, sessionKey: '1234' });
  give();
  await settle();
  expect(glance.callsOf('viewerOpened')).toEqual([
    { what: 'viewerOpened', sid: TASK.sid, sessionKey: '1234', openlocation: 'flex' },
  ]);
  expect(glance.viewers).toHaveLength(1);
});

test('the end of a session leaves a viewer in a tab open', () => {
  show({ presence: true, openlocation: 'tab' });
  glance.visitorArrives('alice-1');
  named('Cobrowse').click();
  glance.visitorAccepts();
  expect(glance.viewers).toHaveLength(1);
  glance.sessionEnds();
  expect(page.textContent).toContain('Session ended');
  expect(glance.viewers).toHaveLength(1);
  expect(glance.callsOf('viewerClosed')).toEqual([]);
});
