/** What a Flex plugin uses: the component, and its registration. */
import * as React from 'react';

import { createCrmTabs } from './crm-tab.js';
import { withLiveProps } from './live-props.js';
import { quietly } from './quietly.js';
import { createComponent } from './react.js';
import { followConfiguration } from './registration.js';
import { ALONE } from './sole-copy.js';

/**
 * @param {object} runtime Its host is Flex.
 * @param {object} [copy] This copy of the package among those on the page, see `sole-copy.js`.
 */
export function createPlugin(runtime, copy = ALONE) {
  /** What takes away the contents that are in Flex, by key. */
  const contents = new Map();

  const TwilioFlexGlance = createComponent(runtime, (props) => {
    if (!props.slot && !copy.keep()) return false;
    runtime.watch();
    if (!props.slot && 'task' in props && !('uriCallback' in props)) addPanelFor(props);
    return true;
  });

  const crmTabs = createCrmTabs(runtime.host);

  /**
   * The vendor's header form registers no panel, and content that is added to Flex after its start
   * shows only with the panel's next rendering. A header component is made while Flex renders the
   * newly selected task, before it comes to the panel: content added at this moment is still in time.
   * Where another plugin has replaced the panel's content, it never shows: its tabs do, if it has any, else
   * viewers open in a tab of the browser.
   */
  function addPanelFor(props) {
    const flex = runtime.host.flex();
    if (!flex) return;
    runtime.addPanel(() => {
      const removals = [
        addHost(flex, props, TwilioFlexGlance),
        crmTabs.add(flex, props, TwilioFlexGlance),
      ];
      return () => removals.forEach(quietly);
    });
  }

  function addHost(flex, props, Component) {
    return add(flex.CRMContainer, 'flex-glance-host', { ...props, slot: 'host' }, {}, Component);
  }

  function add(place, key, props, { replace = false, ...options } = {}, Component) {
    const element = React.createElement(Component, { key, ...props });
    const unregister = replace
      ? place.Content.replace(element, options)
      : place.Content.add(element, { sortOrder: -1, ...options });
    // Flex shows both of one key: of a place that was registered twice, the latest counts.
    if (contents.has(key)) contents.get(key)();
    const remove = () => {
      if (contents.get(key) !== remove) return;
      contents.delete(key);
      if (typeof unregister === 'function') unregister();
      else place.Content.remove(key);
    };
    contents.set(key, remove);
    return remove;
  }

  function register(flex, manager, props, addContents) {
    return copy.whenOurs(() => runtime.register({ flex, manager, props }, addContents));
  }

  function registerHeader(flex, manager, props, options, Component = TwilioFlexGlance) {
    return register(flex, manager, props, () => {
      const removeHost = addHost(flex, props, Component);
      const header = { ...props, slot: 'header' };
      const removeHeader = add(flex.TaskCanvasHeader, 'flex-glance', header, options, Component);
      return [removeHeader, removeHost, crmTabs.add(flex, props, Component)];
    });
  }

  function registerPanel(flex, manager, props, options, Component = TwilioFlexGlance) {
    return register(flex, manager, props, () => [
      add(flex.CRMContainer, 'flex-glance-panel', { ...props, slot: 'panel' }, options, Component),
      crmTabs.add(flex, props, Component),
    ]);
  }

  /** What a placement in Flex's configuration means. */
  const PLACES = {
    header: [registerHeader],
    panel: [registerPanel],
    both: [registerHeader, registerPanel],
  };

  function registerFromConfiguration(flex, manager, overrides = {}) {
    return followConfiguration(manager, overrides, {
      add(live, placement) {
        const Component = withLiveProps(TwilioFlexGlance, live);
        const ends = PLACES[placement].map((place) =>
          place(flex, manager, live.props, {}, Component),
        );
        return () => ends.forEach((end) => end());
      },
      reconfigure: runtime.reconfigure,
    });
  }

  return {
    TwilioFlexGlance,
    registerTaskCanvasHeader: (flex, manager, props, options) =>
      registerHeader(flex, manager, props, options),
    registerCrmContainer: (flex, manager, props, options) =>
      registerPanel(flex, manager, props, options),
    registerFromConfiguration,
  };
}
