// The open viewers of the page: tabs, windows, and frames in Flex's second panel.
import { host } from './host.js';

const OPENER_ID = 'flex-glance-opener';
const FEATURES = 'popup=yes,width=1100,height=800,resizable=yes,scrollbars=yes';
const ALLOW = 'camera; microphone; display-capture; autoplay; fullscreen; clipboard-write';
const SANDBOX =
  'allow-downloads allow-forms allow-modals allow-orientation-lock allow-pointer-lock allow-popups allow-popups-to-escape-sandbox allow-presentation allow-same-origin allow-scripts allow-storage-access-by-user-activation';
const FRAME_PATIENCE_MS = 20000;

/** Task to `{window?, frame?}`. */
const viewers = new Map();

/** The mounted panels' places for frames, oldest first. */
export const panels = [];

const find = (task) => viewers.get(task) || {};

function note(task, change) {
  const viewer = { ...find(task), ...change };
  if (viewer.window || viewer.frame) viewers.set(task, viewer);
  else viewers.delete(task);
}

/** Opens the task's blank tab or window. Call it inside the agent's click. */
export function openWindow(task, target, title) {
  const old = find(task).window;
  if (old) {
    if (!old.closed && blankDocument(old)) {
      focusWindow(task);
      return true;
    }
    old.close();
    note(task, { window: undefined });
  }
  const opened = openAs(task, 'about:blank', target);
  if (!opened) return false;
  const page = blankDocument(opened);
  if (page) {
    page.title = title;
    if (page.body) page.body.textContent = title;
  }
  note(task, { window: opened });
  return true;
}

/** Sends the task's blank window to the viewer. */
export function navigate(task, url) {
  const opened = find(task).window;
  const page = opened && blankDocument(opened);
  if (!page || !page.body) return false;
  const link = page.createElement('a');
  Object.assign(link, { href: url, rel: 'noreferrer', target: '_self' });
  page.body.appendChild(link);
  link.click();
  return true;
}

export function windowIsGone(task) {
  const opened = find(task).window;
  return !opened || opened.closed;
}

export function focusWindow(task) {
  if (!windowIsGone(task)) openAs(task, '', 'tab');
}

export function closeWindow(task) {
  const opened = find(task).window;
  if (opened) opened.close();
  note(task, { window: undefined });
}

/** Makes the frame that windows are opened from: one made within a click may not open any. */
export function prepareOpener() {
  const known = document.getElementById(OPENER_ID);
  if (known) return known;
  const frame = document.createElement('iframe');
  frame.id = OPENER_ID;
  frame.hidden = true;
  frame.setAttribute('aria-hidden', 'true');
  frame.setAttribute('title', '');
  return document.body.appendChild(frame);
}

function openAs(task, url, target) {
  const page = prepareOpener().contentWindow;
  const args = [url, `glance-${task}`];
  if (target === 'window') args.push(FEATURES);
  return page.open(...args);
}

function blankDocument(opened) {
  try {
    const page = opened.document;
    return page && page.URL === 'about:blank' ? page : undefined;
  } catch (_) {
    return undefined;
  }
}

/**
 * Shows the viewer in the task's frame.
 * @returns {(() => void) | undefined} Ends the watch over its loading; nothing without a panel.
 */
export function showFrame(task, url, title, arrived, slow) {
  closeFrame(task);
  const panel = panels[panels.length - 1];
  if (!panel) return undefined;
  const frame = document.createElement('iframe');
  frame.title = title;
  frame.hidden = true;
  frame.setAttribute('allow', ALLOW);
  frame.setAttribute('sandbox', SANDBOX);
  frame.referrerPolicy = 'no-referrer';
  frame.src = url;
  frame.addEventListener('load', arrived);
  const patience = setTimeout(slow, FRAME_PATIENCE_MS);
  panel.appendChild(frame);
  note(task, { frame });
  host.showPanel();
  return () => {
    frame.removeEventListener('load', arrived);
    clearTimeout(patience);
  };
}

export function closeFrame(task) {
  const { frame } = find(task);
  if (frame) frame.remove();
  note(task, { frame: undefined });
}

export function focusFrame(task) {
  host.showPanel();
  const { frame } = find(task);
  if (frame) frame.focus();
}

/** Shows the frame of `selected` and hides the others; the panel's host is marked while it has one. */
export function selectFrame(panel, selected) {
  let filled = false;
  viewers.forEach(({ frame }, task) => {
    if (!frame || !panel.contains(frame)) return;
    frame.hidden = task !== selected;
    filled = filled || !frame.hidden;
  });
  panel.getRootNode().host.toggleAttribute('data-filled', filled);
}

/** Whether the task's frame is in this panel. */
export function hasFrame(panel, task) {
  const { frame } = find(task);
  return Boolean(frame && panel && panel.contains(frame));
}

/** The tasks whose frames Flex took off the page. */
export function lostFrames() {
  return Array.from(viewers.keys()).filter((task) => {
    const { frame } = find(task);
    return frame && !frame.isConnected;
  });
}

/** Whether a panel of ours is on the page, if need be after Flex was asked to show it. */
export function hasPanel() {
  if (panels.length === 0) host.showPanel();
  return panels.length > 0;
}
