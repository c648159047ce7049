// What stands in for Glance, the Function, the browser and the clock.
import React from 'react';
import ReactDOM from 'react-dom';
import { glance, registerTaskCanvasHeader, TwilioFlexGlance } from 'flex-glance/testing';

const PROPS = {
  groupid: 12345,
  authurl: 'https://your-domain.twil.io/getloginkey',
  glancebaseurl: 'production',
  puid: 'maria',
  authtoken: () => 'flex-token',
};
const TASK = { sid: 'WR1', attributes: { glance_visitor_id: 'alice-1' } };
let page;

beforeEach(() => {
  glance.reset();
  page = document.createElement('div');
  document.body.append(page);
});

afterEach(() => {
  ReactDOM.unmountComponentAtNode(page);
  page.remove();
});

function show(props, place = page) {
  const element = React.createElement(TwilioFlexGlance, { ...PROPS, task: TASK, ...props });
  ReactDOM.render(element, place);
}
const name = (one) => one.getAttribute('aria-label') || one.textContent;
const click = (wanted, place = page) =>
  Array.from(place.querySelectorAll('button'))
    .find((one) => name(one) === wanted)
    .click();
const whats = () => glance.calls.map(({ what }) => what);

test.each([
  ['network', 'cannot be reached'],
  ['timeout', 'did not answer within 10 seconds'],
  ['refused', 'refused your Flex session (status 403)'],
  ['fault', 'has a fault (status 500)'],
  ['unreadable', 'answered something that is no login key'],
  ['malformed_key', 'a key that Glance cannot read'],
  ['key_lifetime', 'a key that has run out'],
])('a key that fails by “%s” is told, and the next one is good', (reason, words) => {
  show();
  glance.failNextKey(reason);
  click('Cobrowse');
  expect(page.textContent).toContain(words);
  expect(glance.viewers).toEqual([]);
  click('Try again');
  expect(page.textContent).toContain('Viewer open');
});

test.each([
  ['script', 'script did not load'],
  ['api', 'script brought no presence'],
  ['refused', 'Glance refused your authorization'],
  ['connection', 'The connection broke'],
])('presence that fails by “%s” comes back', (reason, words) => {
  glance.visitorArrives('alice-1');
  glance.failPresence(reason);
  show({ presence: true });
  expect(page.textContent).toContain(words);
  glance.restorePresence();
  expect(page.textContent).toContain('Customer on the site');
});

test('a script that is loaded cannot fail to load', () => {
  show({ presence: true });
  expect(() => glance.failPresence('script')).toThrow('before the component is shown');
  glance.failPresence('connection');
  expect(page.textContent).toContain('The connection broke');
});

test('a key is kept until it has run out', () => {
  show();
  click('Cobrowse');
  click('Close viewer');
  click('Cobrowse');
  expect(glance.callsOf('keyRequested')).toHaveLength(1);
  click('Close viewer');
  glance.timePasses(3600);
  click('Cobrowse');
  expect(glance.callsOf('keyRequested')).toHaveLength(2);
  expect(whats().filter((what) => what === 'viewerClosed')).toHaveLength(2);
});

test('time that passes is shown, and ends what waits for an answer', () => {
  show({ presence: true });
  glance.visitorArrives('alice-1');
  click('Cobrowse');
  glance.timePasses(120);
  expect(page.textContent).toContain('Ask again');
  glance.visitorAccepts();
  glance.timePasses(61);
  expect(page.textContent).toContain('1:01');
});

test('the component follows the timers of a test', () => {
  jest.useFakeTimers('modern');
  try {
    show({ presence: true });
    glance.visitorArrives('alice-1');
    click('Cobrowse');
    glance.visitorAccepts();
    jest.advanceTimersByTime(61000);
    expect(page.textContent).toContain('1:01');
  } finally {
    ReactDOM.unmountComponentAtNode(page);
    glance.reset();
    jest.useRealTimers();
  }
});

test('what is open is brought to the front', () => {
  show({ openlocation: 'tab' });
  click('Cobrowse');
  click('Cobrowse: Bring to front');
  expect(glance.callsOf('viewerFocused')).toEqual([{ what: 'viewerFocused', sid: 'WR1' }]);
  expect(glance.viewers).toHaveLength(1);
});

test('of two visitors who were asked, the test names one', () => {
  const other = document.createElement('div');
  page.append(other, page.appendChild(document.createElement('div')));
  const bob = { sid: 'WR2', attributes: { conversationSid: 'bob-2' } };
  show({ presence: true }, page.lastChild);
  show({ presence: true, task: bob }, other);
  ['alice-1', 'bob-2'].forEach((visitor) => glance.visitorArrives(visitor));
  click('Cobrowse', page.lastChild);
  click('Cobrowse', other);
  expect(() => glance.visitorAccepts()).toThrow('2 tasks are waiting');
  glance.visitorAccepts('WR2');
  glance.visitorDeclines('alice-1');
  expect(glance.viewers.map(({ sid }) => sid)).toEqual(['WR2']);
  [page.lastChild, other].forEach((place) => ReactDOM.unmountComponentAtNode(place));
});

test('a fresh start shows again what is still mounted, and knows nothing of before', () => {
  show({ presence: true, puid: 'maria' });
  glance.visitorArrives('alice-1');
  click('Cobrowse');
  glance.visitorAccepts();
  glance.reset();
  expect(page.querySelectorAll('section')).toHaveLength(1);
  expect(page.textContent).toContain('Customer not on the site');
  expect(glance.viewers).toEqual([]);
  expect(glance.visitors).toEqual([]);
  expect(whats()).toEqual(['keyRequested', 'presenceStarted']);
});

test('a fresh start takes registrations back', () => {
  const place = () => ({ Content: { add: jest.fn(), remove: jest.fn() } });
  const flex = { TaskCanvasHeader: place(), CRMContainer: place() };
  registerTaskCanvasHeader(flex, {}, PROPS);
  glance.reset();
  expect(flex.TaskCanvasHeader.Content.remove).toHaveBeenCalledWith('flex-glance');
  expect(glance.calls).toEqual([]);
});

test('a page that a test has emptied is furnished again', () => {
  show({ openlocation: 'window' });
  document.documentElement.querySelectorAll(':scope > div').forEach((one) => one.remove());
  click('Cobrowse');
  expect(glance.callsOf('viewerOpened')[0].openlocation).toBe('window');
});
