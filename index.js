/**
 * Glance Cobrowse in Twilio Flex: the React component and its registration.
 *
 * What the component knows and shows is Rust, compiled to WebAssembly (`src/`). Here is only what
 * the platform wants in JavaScript: a React class, the way to Flex's Manager, and the page's open
 * viewers, which outlive any WebAssembly instance. Importing this file touches no browser API.
 */
import * as React from 'react';

import { Boundary } from './src/js/boundary.js';
import { flex as pageFlex, takeFlex } from './src/js/flex.js';
import { registerActions } from './src/js/actions.js';
import { propsOf } from './src/js/glance-host.js';
import { watchVisitors } from './src/js/instance.js';
import { page } from './src/js/page.js';
import { ReactHost } from './src/js/react-host.js';

/**
 * The React component. Props are the vendor's, see `index.d.ts`; Flex adds `task` and `theme`.
 * A class without hooks, so that it runs on every React from 16.8 to 19.
 */
export class TwilioFlexGlance extends React.Component {
  constructor(props) {
    super(props);
    registerActions();
    if (!props.slot && 'task' in props && !('uriCallback' in props)) addPanelFor(props);
  }

  render() {
    return React.createElement(Boundary, null, React.createElement(ReactHost, this.props));
  }
}

/**
 * Adds the component to the task header, and the panel that `flex` viewers open in.
 * @param {object} flex The first argument of a plugin's `init`.
 * @param {object} manager The second one.
 * @param {object} props The component's props.
 * @param {object} [options] Passed to `Content.add` (`sortOrder`, `align`, `if`).
 * @returns {() => void} Takes both away again.
 */
export function registerTaskCanvasHeader(flex, manager, props, options) {
  begin(flex, manager, props);
  page.panelAdded = true;
  const host = add(flex.CRMContainer, 'flex-glance-host', { ...props, slot: 'host' }, {});
  const header = add(flex.TaskCanvasHeader, 'flex-glance', { ...props, slot: 'header' }, options);
  return () => {
    header();
    host();
  };
}

/**
 * Adds the component to the second panel.
 * @param {object} flex The first argument of a plugin's `init`.
 * @param {object} manager The second one.
 * @param {object} props The component's props.
 * @param {object} [options] Passed to `Content.add`; with `replace: true` to `Content.replace`.
 * @returns {() => void} Takes it away again.
 */
export function registerCrmContainer(flex, manager, props, options) {
  begin(flex, manager, props);
  page.panelAdded = true;
  return add(flex.CRMContainer, 'flex-glance-panel', { ...props, slot: 'panel' }, options);
}

function begin(flex, manager, props) {
  takeFlex(flex, manager);
  registerActions();
  // After this call, in which Flex starts its plugins.
  if (props.presence) setTimeout(() => watchVisitors(() => propsOf(props)));
}

/**
 * The vendor's header form registers no panel, and content that is added to Flex after its start
 * shows only with the panel's next rendering. A header component is made while Flex renders the
 * newly selected task, before it comes to the panel: content added at this moment is still in time.
 * Where another plugin has replaced the panel's content, it never shows, and viewers open in a tab.
 */
function addPanelFor(props) {
  const flex = pageFlex();
  if (page.panelAdded || !flex) return;
  page.panelAdded = true;
  add(flex.CRMContainer, 'flex-glance-host', { ...props, slot: 'host' }, {});
}

function add(place, key, props, { replace = false, ...options } = {}) {
  const element = React.createElement(TwilioFlexGlance, { key, ...props });
  const unregister = replace
    ? place.Content.replace(element, options)
    : place.Content.add(element, { sortOrder: -1, ...options });
  return unregister || (() => place.Content.remove(key));
}
