// @ts-check
/**
 * Where viewers open in a test: a second panel as Flex has it, and tabs and windows. A viewer loads
 * nothing. What is open is read from what the component itself notes of its viewers.
 */

/** The element that the component opens windows from (`src/browser/viewer_window.rs`). */
const OPENER_ID = 'flex-glance-opener';
/** What it begins the names of windows with; the task's SID follows. */
const WINDOW_NAME = 'glance-';

/** @param {(what: string, details: object) => void} note */
export function createViewers(note) {
  const windows = new Map();
  const seenFrames = new WeakSet();
  /** The component's page, see `../page.js`. */
  let page;
  let panel;
  let openerElement;
  let areBlocked = false;
  let known = new Map();

  function openWindow(name, target) {
    const sid = name.slice(WINDOW_NAME.length);
    if (areBlocked) {
      note('viewerBlocked', { sid, openlocation: target });
      return null;
    }
    const opened = createWindow();
    windows.set(name, opened);
    return opened;
  }

  const opener = {
    open(url, name, features) {
      const old = windows.get(name);
      if (url) return openWindow(name, features ? 'window' : 'tab');
      if (!old || old.closed) return null;
      note('viewerFocused', { sid: name.slice(WINDOW_NAME.length) });
      return old;
    },
  };

  /** A test may have emptied the page. */
  function furnish() {
    if (!openerElement.isConnected) document.documentElement.append(openerElement);
    if (!panel.isConnected) document.documentElement.append(panel);
  }

  function loadFrames() {
    page.viewers.forEach(({ frame }, sid) => {
      if (!frame || seenFrames.has(frame)) return;
      seenFrames.add(frame);
      frame.focus = () => note('viewerFocused', { sid });
      frame.dispatchEvent(new window.Event('load'));
    });
  }

  function openViewers() {
    const records = page ? Array.from(page.viewers) : [];
    return new Map(
      records
        .filter(([, { memory }]) => memory && memory.opened)
        .map(([sid, { memory }]) => {
          const { sessionKey, target: openlocation } = memory;
          return [`${sid} ${memory.opened}`, { sid, sessionKey, openlocation }];
        }),
    );
  }

  return {
    /** A fresh instance is on this page. */
    begin(given) {
      page = given;
      known = new Map();
      panel = createHidden({});
      openerElement = openerElement || createHidden({ id: OPENER_ID, contentWindow: opener });
      page.panels.unshift(panel);
      furnish();
    },

    before() {
      if (page) furnish();
    },

    /** Notes what has opened and closed. */
    after() {
      if (!page || (page.viewers.size === 0 && known.size === 0)) return;
      const open = openViewers();
      known.forEach(({ sid }, key) => open.has(key) || note('viewerClosed', { sid }));
      open.forEach((viewer, key) => known.has(key) || note('viewerOpened', viewer));
      known = open;
      loadFrames();
    },

    block(blocked) {
      areBlocked = blocked;
    },

    open: () => Array.from(openViewers().values()),

    reset() {
      if (panel) panel.remove();
      page = undefined;
      panel = undefined;
      areBlocked = false;
      windows.clear();
    },
  };
}

function createHidden(properties) {
  return Object.assign(document.createElement('div'), { hidden: true, ...properties });
}

/** A blank window, which belongs to another site once a link of it was followed. */
function createWindow() {
  const blank = document.implementation.createHTMLDocument('');
  let isForeign = false;
  blank.addEventListener('click', (event) => {
    event.preventDefault();
    isForeign = true;
  });
  return {
    closed: false,
    get document() {
      if (isForeign) throw new Error('This window belongs to another site.');
      return blank;
    },
    close() {
      this.closed = true;
    },
  };
}
