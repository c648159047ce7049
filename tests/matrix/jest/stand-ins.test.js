// What stands in for Glance, the Function, the browser and the clock.
import ReactDOM from 'react-dom';
import { glance, registerTaskCanvasHeader } from 'flex-glance/testing';

import { named, page, PROPS, show, whats } from '../page';

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
  named('Cobrowse').click();
  expect(page.textContent).toContain(words);
  expect(glance.viewers).toEqual([]);
  named('Try again').click();
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
  named('Cobrowse').click();
  named('Close viewer').click();
  named('Cobrowse').click();
  expect(glance.callsOf('keyRequested')).toHaveLength(1);
  named('Close viewer').click();
  glance.timePasses(3600);
  named('Cobrowse').click();
  expect(glance.callsOf('keyRequested')).toHaveLength(2);
  expect(whats().filter((what) => what === 'viewerClosed')).toHaveLength(2);
});

test('time that passes is shown, and ends what waits for an answer', () => {
  show({ presence: true });
  glance.visitorArrives('alice-1');
  named('Cobrowse').click();
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
    named('Cobrowse').click();
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
  named('Cobrowse').click();
  named('Cobrowse: Bring to front').click();
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
  named('Cobrowse', page.lastChild).click();
  named('Cobrowse', other).click();
  expect(() => glance.visitorAccepts()).toThrow('2 tasks are waiting');
  glance.visitorAccepts('WR2');
  glance.visitorDeclines('alice-1');
  expect(glance.viewers.map(({ sid }) => sid)).toEqual(['WR2']);
  [page.lastChild, other].forEach((place) => ReactDOM.unmountComponentAtNode(place));
});

test('a fresh start shows again what is still mounted, and knows nothing of before', () => {
  show({ presence: true, puid: 'maria' });
  glance.visitorArrives('alice-1');
  named('Cobrowse').click();
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
  named('Cobrowse').click();
  expect(glance.callsOf('viewerOpened')[0].openlocation).toBe('window');
});
