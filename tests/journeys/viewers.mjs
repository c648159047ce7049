// What several journeys ask about Glance's viewers, wherever they opened.

import { expect } from '@playwright/test';

import { text } from './texts.mjs';

const VIEWER = '/agentjoin/AgentView.aspx';

/** The requests for a viewer from now on, in order. */
export function watchViewers(agent) {
  const requests = [];
  agent.context.on('request', (request) => {
    if (new URL(request.url()).pathname === VIEWER) requests.push(request);
  });
  return requests;
}

/** The parameters of a viewer's address. */
export function parameters(address) {
  return Object.fromEntries(new URL(address).searchParams);
}

/** The frame element of a session in the panel. */
export function frame(agent, key) {
  return agent.page.locator(`.Twilio-CRMContainer iframe[src*="SessionKey=${key}&"]`);
}

/** Expects the viewer of this session to wait for its visitor, signed in. */
export async function expectWaiting(view, key) {
  await expect(view.getByText('Waiting for the visitor')).toBeVisible();
  await expect(view.locator('header .key')).toContainText(key);
}

/** Expects the task to be as before the first click: nothing open, nothing on its way. */
export async function expectReady(agent) {
  await expect(agent.button).toHaveAccessibleName(text('cobrowse'));
  await expect(agent.header.button('have_key')).toBeVisible();
  await expect(agent.header.timer('open_for', 'in_session_for')).toHaveCount(0);
  await expect(agent.header.alert).toHaveCount(0);
}

/** The viewers' pages beside Flex. */
export function windows(agent) {
  return agent.context.pages().filter((page) => page !== agent.page);
}

/** Clicks and answers the page that opens. */
export async function opened(agent, click) {
  const [page] = await Promise.all([agent.context.waitForEvent('page'), click()]);
  return page;
}

/** Runs in the page: notes in `window.openings` whether `window.open` was called while a click was being handled. */
export function noteOpenings() {
  let clicking = false;
  window.openings = [];
  // Viewers are opened from an empty frame of Flex's page.
  const { get } = Object.getOwnPropertyDescriptor(HTMLIFrameElement.prototype, 'contentWindow');
  const noted = new WeakSet();
  Object.defineProperty(HTMLIFrameElement.prototype, 'contentWindow', {
    configurable: true,
    get() {
      const frame = get.call(this);
      if (this.src || noted.has(frame)) return frame;
      noted.add(frame);
      const { open } = frame;
      frame.open = (...args) => {
        if (args[0]) window.openings.push(clicking ? 'in the click' : 'later');
        return open.apply(frame, args);
      };
      return frame;
    },
  });
  window.addEventListener('click', () => (clicking = true), true);
  window.addEventListener('click', () => (clicking = false));
}
