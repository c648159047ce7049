/**
 * Glance Cobrowse in Twilio Flex, written in plain React 17: what the WebAssembly component is
 * measured against. See bench/README.md.
 */
import * as React from 'react';
import { createPortal } from 'react-dom';

import { Boundary } from '../../src/js/boundary.js';
import { ATTRIBUTES, taskOf } from '../../src/js/task.js';
import stylesheet from '../../src/ui/style.css';
import { describe, describeNoTask, describeProblems } from './describe.js';
import { actions, host as flexHost } from './host.js';
import { watch, watchVisitors } from './instance.js';
import { retryPresence } from './access.js';
import * as presence from './presence.js';
import { parseTypedKey } from './session-key.js';
import { readSetup } from './setup.js';
import * as store from './store.js';
import { makeTexts } from './texts.js';
import { View, themeStyle } from './view.js';
import * as viewers from './viewers.js';

const PROPS = [
  'groupid',
  'authurl',
  'authtoken',
  'openlocation',
  'opentype',
  'presence',
  'glancebaseurl',
  'puid',
  'debugmode',
  'visitorid',
  'notifications',
  'immediatetab',
  'video',
  'onsessionstart',
  'onsessionend',
  'hosts',
  'strings',
  'theme',
];

const TICK_MS = 1000;
const POPOVER_WIDTH = 300;
const GAP = 6;
const FRAMES_CSS = 'iframe{flex:1;min-height:0;width:100%;border:0}iframe[hidden]{display:none}';
const FRAMES_STYLE = { flex: '1 1 0%', minHeight: 0, display: 'flex' };

let sheet;
let nextId = 0;
let panelAdded = false;

/** The React component. Props are the vendor's; Flex adds `task` and `theme`. */
export class TwilioFlexGlance extends React.Component {
  constructor(props) {
    super(props);
    actions.register();
    if (!props.slot && 'task' in props && !('uriCallback' in props)) addPanelFor(props);
  }

  render() {
    // Flex changes a task's attributes in place, so they are read before they are compared.
    return (
      <Boundary>
        <Glance {...this.props} slot={slotOf(this.props)} known={taskOf(this.props)} />
      </Boundary>
    );
  }
}

// The vendor's form names no slot; only CRMContainer injects `uriCallback`.
function slotOf(props) {
  return props.slot || ('uriCallback' in props ? 'panel' : 'header');
}

// Flex renders again and again with props that mean nothing to us.
const Glance = React.memo(function Glance(props) {
  const { slot, theme } = props;
  const spoken = flexHost.language();
  const host = React.useRef(null);
  const [shadow, setShadow] = React.useState(null);

  React.useLayoutEffect(() => {
    const root = host.current.shadowRoot || host.current.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [ourSheet()];
    setShadow(root);
    viewers.prepareOpener();
    watch();
  }, []);

  const setup = React.useMemo(
    () => readSetup(props),
    PROPS.map((name) => props[name]),
  );
  const t = React.useMemo(() => makeTexts(props.strings, spoken), [props.strings, spoken]);
  const style = React.useMemo(() => themeStyle(theme), [theme]);
  const task = useSameTask(props.known);
  const context = React.useMemo(
    () => (setup.config ? { config: setup.config, t } : undefined),
    [setup, t],
  );

  return (
    <div ref={host} className="flex-glance">
      {shadow &&
        createPortal(
          <Widget
            {...{ slot, setup, context, t, task, style }}
            isDark={Boolean(theme && theme.isLight === false)}
          />,
          shadow,
        )}
    </div>
  );
}, isSame);

function Widget({ slot, setup, context, t, task, style, isDark }) {
  const [id] = React.useState(() => nextId++);
  const [, update] = React.useReducer((count) => count + 1, 0);
  // Why the typed key was refused, and for which task it was typed.
  const [refusal, setRefusal] = React.useState();
  const refocus = React.useRef(false);
  const place = React.useRef(null);
  const refs = {
    root: React.useRef(null),
    main: React.useRef(null),
    form: React.useRef(null),
    bubble: React.useRef(null),
  };
  const sid = task && task.sid;

  React.useLayoutEffect(() => {
    store.show(refs.root, slot === 'host' ? undefined : sid, slot === 'header');
    const unsubscribe = store.subscribe((changed) => changed === sid && update());
    return () => {
      unsubscribe();
      store.show(refs.root);
    };
  }, [sid, slot]);

  React.useLayoutEffect(() => {
    if (slot === 'header') return undefined;
    const frames = place.current;
    panelAdded = true;
    // A host is the last resort: a panel of the author's own comes first.
    if (slot === 'host') viewers.panels.unshift(frames);
    else viewers.panels.push(frames);
    return () => {
      viewers.panels.splice(viewers.panels.indexOf(frames), 1);
      // React takes the element off the page after this call.
      Promise.resolve().then(store.noticeLostFrames);
    };
  }, [slot]);

  React.useLayoutEffect(() => {
    if (!context) return;
    store.begin(context);
    if (!task) return;
    presence.followShown(task);
    if (slot !== 'header' && viewers.panels.length > 0) {
      store.dispatch(sid, { of: 'viewer', type: 'panelBack' });
    }
  }, [context, task, slot]);

  React.useLayoutEffect(() => {
    if (slot !== 'header') viewers.selectFrame(place.current, sid);
    const bubble = refs.bubble.current;
    if (bubble && bubble.hasAttribute('popover')) showPopover(bubble, refs.root.current);
    if (refocus.current && refs.main.current) refs.main.current.focus();
    refocus.current = false;
  });

  const session = task ? store.sessionOf(sid) : undefined;
  const isVisible =
    slot !== 'host' ||
    Boolean(task && viewers.hasFrame(place.current, sid) && store.isInPanel(session));

  const ticks = Boolean(isVisible && session && store.hasTimer(session));
  React.useEffect(() => {
    if (!ticks) return undefined;
    const timer = setInterval(() => document.hidden || update(), TICK_MS);
    return () => clearInterval(timer);
  }, [ticks]);

  React.useEffect(() => {
    if (!isVisible) return undefined;
    return listenToForm(refs);
  }, [isVisible]);

  const onAct = (action, event) => {
    if (!context || !task) return;
    act(action, { context, task, event });
    refocus.current = true;
    update();
  };

  const onJoin = (event) => {
    event.preventDefault();
    if (!context || !task) return;
    const form = refs.form.current;
    const { key, wrong } = parseTypedKey(form.elements.key.value);
    setRefusal(wrong && { task, wrong });
    if (wrong) {
      selectField(form);
      return;
    }
    if (form.hidePopover) form.hidePopover();
    form.reset();
    store.prepare(task, context);
    if (!actions.perform('GlanceJoinWithKey', { sid, sessionKey: key })) {
      const launch = store.launchOf(context, key);
      store.act(sid, context, store.opening(context, task, launch, false));
    }
  };

  return (
    <>
      {isVisible && (
        <View
          {...{ t, isDark, style, slot, id, refs, onAct, onJoin }}
          keyError={refusal && refusal.task === task ? t(...refusal.wrong) : undefined}
          description={describeAll(setup, task, session, t)}
          speaks={slot === 'header' || !(sid && store.isInHeader(sid))}
          now={Date.now()}
        />
      )}
      {slot !== 'header' && (
        <>
          <style>{FRAMES_CSS}</style>
          <div ref={place} style={FRAMES_STYLE} />
        </>
      )}
    </>
  );
}

function describeAll({ errors }, task, session, t) {
  if (errors) return describeProblems(errors, t);
  if (!task) return describeNoTask(t);
  return describe(task, session, presence.whereaboutsOf(task.sid), t);
}

const ACTIONS = {
  start({ context, task }) {
    store.prepare(task, context);
    if (actions.perform('GlanceStartSession', { sid: task.sid })) return;
    const key = store.keyOf(task);
    if (!key) return;
    const input = store.opening(context, task, store.launchOf(context, key), true);
    store.act(task.sid, context, input);
  },
  close({ context, task }) {
    if (!actions.perform('GlanceEndSession', { sid: task.sid })) view({ context, task }, 'close');
  },
  'open-in-tab'({ context, task }) {
    const key = store.keyOf(task);
    if (!key) return;
    const launch = { ...store.launchOf(context, key), target: 'tab' };
    store.act(task.sid, context, { of: 'viewer', type: 'launch', launch });
  },
  'open-blocked'({ task, event }) {
    if (store.followLink(task.sid)) event.preventDefault();
  },
  'open-again'({ context, task }) {
    const { launch } = store.sessionOf(task.sid).viewer;
    if (launch) store.act(task.sid, context, { of: 'viewer', type: 'launch', launch });
  },
  'bring-to-front': (given) => view(given, 'bringToFront'),
  cancel: (given) => view(given, 'cancel'),
  'sign-in': (given) => view(given, 'signIn'),
  dismiss: (given) => view(given, 'dismiss'),
  wait: (given) => meeting(given, { type: 'wait' }),
  withdraw: (given) => meeting(given, { type: 'withdraw' }),
  'ask-again'(given) {
    const { launch } = store.sessionOf(given.task.sid).meeting;
    if (launch) meeting(given, { type: 'meet', launch, atOnce: false });
  },
  'retry-presence': retryPresence,
};

function act(action, given) {
  ACTIONS[action](given);
}

function view({ context, task }, type) {
  store.act(task.sid, context, { of: 'viewer', type });
}

function meeting({ context, task }, input) {
  store.act(task.sid, context, { of: 'meeting', ...input });
}

/** The same object for the same task, so that effects can depend on it. */
function useSameTask(task) {
  const last = React.useRef(task);
  if (!isSameTask(last.current, task)) last.current = task;
  return last.current;
}

function isSame(before, after) {
  return (
    before.slot === after.slot &&
    isEqual(before, after, PROPS) &&
    isSameTask(before.known, after.known)
  );
}

function isSameTask(a, b) {
  if (!a || !b) return a === b;
  return isEqual(a, b, ['sid', 'visitorid']) && isEqual(a.attributes, b.attributes, ATTRIBUTES);
}

function isEqual(a, b, names) {
  return names.every((name) => Object.is(a[name], b[name]));
}

function ourSheet() {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(stylesheet);
  }
  return sheet;
}

// React 17 listens to neither event of a popover.
function listenToForm({ root, main, form }) {
  const element = form.current;
  const anchor = root.current;
  const placed = (event) => placePopover(event.target, anchor);
  const toggled = (event) => {
    if (event.newState === 'open') selectField(element);
    else if (focusIsLost() || element.matches(':focus-within')) main.current.focus();
  };
  element.addEventListener('beforetoggle', placed);
  element.addEventListener('toggle', toggled);
  return () => {
    element.removeEventListener('beforetoggle', placed);
    element.removeEventListener('toggle', toggled);
  };
}

function focusIsLost() {
  return !document.activeElement || document.activeElement === document.body;
}

function selectField(form) {
  const field = form.elements.key;
  field.focus();
  field.select();
}

function showPopover(bubble, anchor) {
  try {
    bubble.showPopover();
  } catch (_) {
    // It is shown already, or the browser has no popovers.
  }
  placePopover(bubble, anchor);
}

/** Puts a popover below `anchor`, inside the page's width. */
function placePopover(popover, anchor) {
  const { left, bottom } = anchor.getBoundingClientRect();
  const rightmost = window.innerWidth - POPOVER_WIDTH - GAP;
  const at = Math.max(Math.min(Math.trunc(left), rightmost), GAP);
  popover.setAttribute('style', `left:${at}px;top:${Math.trunc(bottom) + GAP}px`);
}

/** Adds the component to the task header, and the panel that `flex` viewers open in. */
export function registerTaskCanvasHeader(flex, manager, props, options) {
  begin(flex, manager, props);
  const host = add(flex.CRMContainer, 'flex-glance-host', { ...props, slot: 'host' }, {});
  const header = add(flex.TaskCanvasHeader, 'flex-glance', { ...props, slot: 'header' }, options);
  return () => {
    header();
    host();
  };
}

/** Adds the component to the second panel. */
export function registerCrmContainer(flex, manager, props, options) {
  begin(flex, manager, props);
  return add(flex.CRMContainer, 'flex-glance-panel', { ...props, slot: 'panel' }, options);
}

function begin(flex, manager, props) {
  flexHost.take(flex, manager);
  actions.register();
  panelAdded = true;
  // After this call, in which Flex starts its plugins.
  if (props.presence)
    setTimeout(() => watchVisitors(() => ({ ...props, language: flexHost.language() })));
}

function addPanelFor(props) {
  const flex = flexHost.flex();
  if (panelAdded || !flex) return;
  panelAdded = true;
  add(flex.CRMContainer, 'flex-glance-host', { ...props, slot: 'host' }, {});
}

function add(place, key, props, { replace = false, ...options } = {}) {
  const element = <TwilioFlexGlance key={key} {...props} />;
  const unregister = replace
    ? place.Content.replace(element, options)
    : place.Content.add(element, { sortOrder: -1, ...options });
  return unregister || (() => place.Content.remove(key));
}
