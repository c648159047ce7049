/**
 * What the component shows, in plain React 17: the recorded views, and the clicks that the bench makes.
 * See bench/README.md.
 */
import * as React from 'react';
import { createPortal } from 'react-dom';

import { views } from '#views';

import { PROPS, differ } from '../../src/js/props.js';
import { taskDiffers, taskOf } from '../../src/js/task.js';
import stylesheet from '../../src/ui/style.css';

const OPENER_ID = 'flex-glance-opener';

let sheet;
let nextId = 0;

/** Flex changes a task's attributes in place, so they are read before they are compared. */
export function TwilioFlexGlance(props) {
  return React.createElement(Glance, { ...props, known: taskOf(props) });
}

// Flex renders again and again with props that mean nothing to us.
const Glance = React.memo(function Glance({ slot = 'header', strings, known, view }) {
  const [id] = React.useState(() => nextId++);
  const [shadow, setShadow] = React.useState(null);
  // The task whose viewer is on its way.
  const [opened, setOpened] = React.useState();
  const host = React.useRef(null);
  const main = React.useRef(null);
  const sid = known && known.sid;

  React.useLayoutEffect(() => {
    const root = host.current.shadowRoot || host.current.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [ourSheet()];
    setShadow(root);
    opener();
  }, []);

  // The button that was clicked may be gone.
  const act = (task) => {
    setOpened(task);
    main.current.focus();
  };
  const draw = view || views[stateOf(known, opened)][slot];
  const given = {
    id,
    label: (strings && strings.cobrowse) || 'Cobrowse',
    main,
    start() {
      opener().contentWindow.open('about:blank', `glance-${sid}`);
      act(sid);
    },
    cancel: () => act(undefined),
    shown: (popover) => popover && popover.showPopover(),
  };
  const drawn = shadow && createPortal(draw(React.createElement, given), shadow);
  return React.createElement('div', { ref: host, className: 'flex-glance' }, drawn);
}, isSame);

/** The name of the recorded state. */
function stateOf(task, opened) {
  if (!task) return 'no task';
  if (!task.attributes.glance_visitor_id) return 'no customer';
  return opened === task.sid ? 'getting the key' : 'ready';
}

function isSame(before, after) {
  return (
    before.slot === after.slot &&
    before.view === after.view &&
    !differ(before, after, PROPS) &&
    !taskDiffers(before.known, after.known)
  );
}

/** The empty frame that windows are opened from. */
function opener() {
  const known = document.getElementById(OPENER_ID);
  if (known) return known;
  const frame = document.createElement('iframe');
  Object.assign(frame, { id: OPENER_ID, hidden: true, title: '' });
  frame.setAttribute('aria-hidden', 'true');
  return document.body.appendChild(frame);
}

function ourSheet() {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(stylesheet);
  }
  return sheet;
}
