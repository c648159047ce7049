// @ts-check
/**
 * Where viewers open in a test: a second panel as Flex has it, in a document of its own that loads
 * nothing, and tabs and windows. What is open is read from what the component itself notes of its viewers.
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
  let openerElement;
  let panel;
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
      panel = panel || document.implementation.createHTMLDocument('').body;
      page.panels.unshift(panel);
      openerElement = openerElement || createOpener(opener);
    },

    /** A test may have emptied its page. */
    before() {
      if (page && !openerElement.isConnected) document.documentElement.append(openerElement);
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
      page = undefined;
      areBlocked = false;
      windows.clear();
    },
  };
}

function createOpener(contentWindow) {
  const element = document.createElement('div');
  return Object.assign(element, { id: OPENER_ID, hidden: true, contentWindow });
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
