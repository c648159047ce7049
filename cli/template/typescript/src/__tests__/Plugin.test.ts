import * as React from 'react';
import * as ReactDOM from 'react-dom';
import { glance } from 'flex-glance/testing';

import TemplatePlugin from '../TemplatePlugin';

jest.mock('flex-glance', () => require('flex-glance/testing'));
jest.mock('@twilio/flex-plugin', () => ({ FlexPlugin: class {} }));

const task = { sid: 'WR1', status: 'accepted', attributes: { glance_visitor_id: 'alice-1' } };
const manager: any = { user: { identity: 'maria', token: 'flex-token' } };
let flex: any;
let page: HTMLElement;

beforeEach(() => {
  glance.reset();
  page = document.body.appendChild(document.createElement('div'));
  // What of Flex the plugin uses: what is added to the task header is shown with a task.
  const content = () => ({ Content: { add: jest.fn(), remove: jest.fn() } });
  flex = { TaskCanvasHeader: content(), CRMContainer: content() };
  flex.TaskCanvasHeader.Content.add.mockImplementation((element: React.ReactElement) => {
    ReactDOM.render(React.cloneElement(element, { task }), page);
  });
});

afterEach(() => {
  ReactDOM.unmountComponentAtNode(page);
  page.remove();
});

test('one click opens the viewer of the task’s visitor', () => {
  new TemplatePlugin().init(flex, manager);
  const buttons = Array.from(page.querySelectorAll('button'));
  buttons.find(({ textContent }) => textContent === 'Cobrowse')?.click();

  expect(page.textContent).toContain('Viewer open');
  expect(glance.viewers).toMatchObject([{ sid: 'WR1', sessionKey: 'alice-1' }]);
});
