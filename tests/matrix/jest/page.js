// What the Jest tests share: a page with the component in it, and what an agent finds there by name.
import React from 'react';
import ReactDOM from 'react-dom';
import { glance, TwilioFlexGlance } from 'flex-glance/testing';

export const PROPS = {
  groupid: 12345,
  authurl: 'https://your-domain.twil.io/getloginkey',
  glancebaseurl: 'production',
  puid: 'maria',
  authtoken: () => 'flex-token',
};

export const TASK = {
  sid: 'WR1',
  status: 'accepted',
  attributes: { glance_visitor_id: 'alice-1' },
};

/** A new one for each test. */
export let page;

beforeEach(() => {
  glance.reset();
  page = document.createElement('div');
  document.body.append(page);
});

afterEach(() => {
  ReactDOM.unmountComponentAtNode(page);
  page.remove();
});

export function show(props, place = page) {
  const element = React.createElement(TwilioFlexGlance, { ...PROPS, task: TASK, ...props });
  ReactDOM.render(element, place);
}

/** The button or link of this name. */
export function named(name, place = page) {
  const all = Array.from(place.querySelectorAll('button, a'));
  return all.find((one) => (one.getAttribute('aria-label') || one.textContent) === name);
}

/** What the stand-ins were called for, in order. */
export const whats = () => glance.calls.map(({ what }) => what);
