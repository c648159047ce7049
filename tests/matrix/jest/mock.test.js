// What a plugin's author can have the mock do, where the examples of docs/testing.md do not.
import React from 'react';
import ReactDOM from 'react-dom';
import {
  glance,
  registerCrmContainer,
  registerTaskCanvasHeader,
  TwilioFlexGlance,
} from 'flex-glance/testing';

import { named, page, PROPS, show, TASK, whats } from '../page';

test('a customer who declines can be asked again', () => {
  show({ presence: true });
  glance.visitorArrives('alice-1');
  named('Cobrowse').click();
  glance.visitorDeclines();
  expect(page.textContent).toContain('The customer declined.');
  named('Ask again').click();
  glance.visitorAccepts('WR1');
  expect(page.textContent).toContain('In session');
  expect(whats().filter((what) => what === 'visitorAsked')).toHaveLength(2);
});

test('an agent can wait for a customer, who is asked as they come', () => {
  show({ presence: true });
  expect(page.textContent).toContain('Customer not on the site');
  named('Cobrowse').click();
  named('Wait for them').click();
  glance.visitorArrives('alice-1');
  expect(page.textContent).toContain('Waiting for their answer…');
  glance.visitorLeaves('alice-1');
  expect(page.textContent).toContain('left the site before answering');
});

test('the end of a session is told as Glance reports it', () => {
  const ended = jest.fn();
  show({ presence: true, onsessionend: ended });
  glance.visitorArrives('alice-1');
  named('Cobrowse').click();
  glance.visitorAccepts();
  named('Close viewer').click();
  glance.sessionEnds();
  expect(ended).toHaveBeenCalledWith({
    sid: 'WR1',
    duration: expect.any(Number),
    reason: 'agent_left',
  });
  expect(page.textContent).toContain('Session ended');
});

test('a viewer that the browser blocks opens by its link', () => {
  glance.blockPopups();
  show({ openlocation: 'tab' });
  named('Cobrowse').click();
  expect(glance.viewers).toEqual([]);
  named('Open the viewer').click();
  expect(glance.viewers).toEqual([{ sid: 'WR1', sessionKey: 'alice-1', openlocation: 'tab' }]);
});

test('a key is typed where the task names no visitor, and refused if it cannot be one', () => {
  show({ task: { sid: 'WR2', attributes: {} } });
  named('Cobrowse: Have a key?').click();
  const field = page.querySelector('input');
  const join = (text) => {
    field.value = text;
    named('Join').click();
  };
  join('not a key!');
  expect(page.querySelector('[role=alert]').textContent).toContain('not “!”');
  join('12-34');
  expect(glance.viewers).toEqual([{ sid: 'WR2', sessionKey: '1234', openlocation: 'flex' }]);
});

test('presence that cannot tell says why, and the click opens the viewer at once', () => {
  glance.failPresence('refused');
  show({ presence: true });
  expect(page.textContent).toContain('Presence unavailable. Glance refused your authorization.');
  named('Cobrowse').click();
  expect(glance.viewers).toHaveLength(1);
});

test('a prop that is missing is named', () => {
  show({ groupid: undefined });
  expect(page.textContent).toContain('prop “groupid” is missing');
});

test('a promised partner user ID is waited for', async () => {
  show({ puid: () => Promise.resolve('maria') });
  named('Cobrowse').click();
  expect(page.textContent).toContain('Getting the login key…');
  await Promise.resolve();
  await Promise.resolve();
  expect(glance.callsOf('keyRequested')[0].puid).toBe('maria');
  expect(glance.viewers).toHaveLength(1);
});

test('a step that does not fit says what happened so far', () => {
  show({ presence: true });
  expect(() => glance.visitorAccepts()).toThrow(
    'glance.visitorAccepts: no task is waiting for the visitor’s answer.',
  );
  expect(() => glance.failNextKey('forbidden')).toThrow('no reason “forbidden”. One of: network');
});

test('StrictMode shows it once', () => {
  const element = React.createElement(TwilioFlexGlance, { ...PROPS, task: TASK });
  ReactDOM.render(React.createElement(React.StrictMode, null, element), page);
  expect(page.querySelectorAll('section')).toHaveLength(1);
});

test('the panel is registered as the real one, and taken away again', () => {
  const Content = { add: jest.fn(), remove: jest.fn() };
  const unregister = registerCrmContainer({ CRMContainer: { Content } }, {}, PROPS, {
    sortOrder: 2,
  });
  expect(Content.add.mock.calls[0][1]).toEqual({ sortOrder: 2 });
  unregister();
  expect(Content.remove).toHaveBeenCalledWith('flex-glance-panel');
  expect(whats()).toEqual(['registerCrmContainer', 'unregistered']);
});

test('Flex Actions run it, and a listener may stand in its way', async () => {
  const actions = {};
  let allowed = false;
  const Actions = {
    registerAction: (action, run) => (actions[action] = run),
    invokeAction: (action, payload) =>
      allowed ? Promise.resolve(actions[action](payload)) : Promise.reject(new Error('cancelled')),
  };
  const store = {
    getState: () => ({
      flex: { worker: { tasks: new Map([['WR1', TASK]]) }, view: { selectedTaskSid: 'WR1' } },
    }),
    subscribe() {},
  };
  const CRMContainer = { Content: { add: jest.fn(), remove: jest.fn() } };
  const unregister = registerCrmContainer({ CRMContainer, Actions }, { store }, PROPS);
  show();
  named('Cobrowse').click();
  await new Promise((resolve) => setTimeout(resolve));
  expect(glance.viewers).toEqual([]);
  allowed = true;
  named('Cobrowse').click();
  expect(glance.viewers).toHaveLength(1);
  await Actions.invokeAction('GlanceEndSession', {});
  expect(glance.viewers).toEqual([]);
  unregister();
  await expect(Actions.invokeAction('GlanceEndSession', {})).rejects.toThrow('not registered');
});

test('what is taken back is gone at once, and what is registered again works', () => {
  const place = () => ({ Content: { add: jest.fn(), remove: jest.fn() } });
  const flex = { TaskCanvasHeader: place(), CRMContainer: place() };
  flex.TaskCanvasHeader.Content.add.mockImplementation((element) => {
    ReactDOM.render(React.cloneElement(element, { task: TASK }), page);
  });
  const unregister = registerTaskCanvasHeader(flex, {}, PROPS);
  named('Cobrowse').click();
  expect(glance.viewers).toHaveLength(1);
  unregister();
  expect(glance.viewers).toEqual([]);
  expect(named('Cobrowse')).toBeUndefined();
  registerTaskCanvasHeader(flex, {}, PROPS)();
  expect(named('Cobrowse')).toBeUndefined();
  registerTaskCanvasHeader(flex, {}, PROPS);
  named('Cobrowse').click();
  expect(glance.viewers).toHaveLength(1);
});

test('a component that was added by hand outlives a registration', () => {
  const CRMContainer = { Content: { add: jest.fn(), remove: jest.fn() } };
  const unregister = registerCrmContainer({ CRMContainer }, {}, PROPS);
  show();
  unregister();
  named('Cobrowse').click();
  expect(glance.viewers).toHaveLength(1);
});
