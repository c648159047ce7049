// `flex-glance/testing` in Node.js's own test runner: jsdom, and nothing of Jest. The test gives the
// address of jsdom's main file.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

const { JSDOM } = (await import(process.env.JSDOM)).default;
const { window } = new JSDOM('<!doctype html><div id="page"></div>');
const { document } = window;
Object.assign(globalThis, { window, document });
globalThis.navigator ??= window.navigator;

// React looks for a document as it is loaded.
const { createElement } = await import('react');
const { flushSync } = await import('react-dom');
const { createRoot } = await import('react-dom/client');
const { glance, TwilioFlexGlance } = await import('flex-glance/testing');

const page = document.getElementById('page');
const button = (name) =>
  Array.from(page.querySelectorAll('button')).find(({ textContent }) => textContent === name);
const told = [];
const props = {
  groupid: 12345,
  authurl: 'https://your-domain.twil.io/getloginkey',
  authtoken: () => 'flex-token',
  glancebaseurl: 'production',
  puid: 'maria',
  presence: true,
  task: { sid: 'WR1', attributes: { glance_visitor_id: 'alice-1' } },
  onsessionstart: () => told.push('start'),
  onsessionend: ({ reason }) => told.push(reason),
};
flushSync(() => createRoot(page).render(createElement(TwilioFlexGlance, props)));

beforeEach(() => {
  glance.reset();
  told.length = 0;
  glance.visitorArrives('alice-1');
  button('Cobrowse').click();
});

test('the visitor comes, accepts, and the session ends', () => {
  assert.match(page.textContent, /Waiting for their answer/);
  glance.visitorAccepts();
  assert.match(page.textContent, /In session/);
  assert.deepEqual(glance.viewers, [{ sid: 'WR1', sessionKey: 'alice-1', openlocation: 'flex' }]);
  glance.sessionEnds();
  assert.deepEqual(told, ['start', 'ended']);
});

test('the visitor declines', () => {
  glance.visitorDeclines();
  assert.match(page.textContent, /The customer declined/);
  assert.deepEqual(glance.viewers, []);
});

test('the login key is refused', () => {
  // Presence was given one, which is kept for so long.
  glance.timePasses(3600);
  glance.failNextKey('refused');
  glance.visitorAccepts();
  assert.match(page.textContent, /refused your Flex session/);
  assert.deepEqual(glance.viewers, []);
});
