/**
 * Our tab where a tabbed container has taken the place of the second panel's content, as in the desktops of
 * Twilio's project template (`enhanced_crm_container`). It asks plugins for the tabs of each task by a Flex
 * Action, and keeps those of tasks that are not selected mounted: there each task has a panel of its own.
 */
import * as React from 'react';

import * as english from '../../locales/en.json';
import * as spanish from '../../locales/es.json';
import { inLanguage } from './language.js';
import { quietly } from './quietly.js';

const LOAD = 'LoadCRMContainerTabs';
/** The container's tabs on the page. Where it is, the Action is registered. */
const CONTAINER = '[data-paste-element="CRM_TABS"]';
const KEY = 'flex-glance-tab';
/** The names of ours. */
const TITLE = [english.region, spanish.region];
/** A viewer fills what is positioned around it. */
const STYLE = { position: 'relative', flex: '1 1 auto', minHeight: 320 };

/**
 * @param {import('./host/host.js').Host} host
 */
export function createCrmTabs(host) {
  /** One for each Flex: React mounts anew what is of another type. */
  let tab;

  function tabFor(flex) {
    if (!tab || tab.flex !== flex) {
      const { withTaskContext, withTheme = (component) => component } = flex;
      tab = { flex, Type: withTheme(withTaskContext(TaskTab)) };
    }
    return tab.Type;
  }

  /** `own` is the task that the tab was made for, `task` the selected one. */
  function TaskTab({ own, task, theme, title, given, Component }) {
    // A task that belongs to another one is shown in the tabs of that.
    const isSeen = task && (task.sid === own.sid || (task.attributes || {}).parentTask === own.sid);
    const shown = isSeen ? task : own;
    // What nobody sees is only there for the viewer in it.
    const slot = isSeen ? 'panel' : 'host';
    const props = { ...given, theme, task: shown, slot, inTab: true };
    return React.createElement(
      'div',
      { style: STYLE, 'data-crm-tab': title },
      React.createElement(Component, props),
    );
  }

  /** Has the container ask for the tabs of all tasks once more. */
  function askAnew(actions) {
    if (!document.querySelector(CONTAINER)) return;
    (host.tasks() || []).forEach((task) => {
      const asked = actions.invokeAction(LOAD, { task, components: [] });
      if (asked && asked.then) asked.then(undefined, () => {});
    });
  }

  /** Adds ours to the tabs that a container asks for. */
  function offer(flex, given, Component, payload) {
    const { task, components } = payload || {};
    if (!task || !Array.isArray(components)) return;
    const { region } = given.strings || {};
    const title = region || inLanguage(host.language(), TITLE);
    // Of what was registered twice, the latest counts.
    const others = components.filter(({ component }) => !component || component.key !== KEY);
    const component = React.createElement(tabFor(flex), {
      key: KEY,
      own: task,
      title,
      given,
      Component,
    });
    // The first one is selected until the agent chooses: that stays what it was.
    payload.components = [...others, { title, order: 1000, component }];
  }

  return {
    /**
     * Registers a tab for each task. Nothing comes of it where no such container asks.
     * @param {any} flex
     * @param {any} given The component's props.
     * @param {any} Component Ours, for React.
     * @returns {() => void} Takes the tabs away.
     */
    add(flex, given, Component) {
      const { Actions, withTaskContext } = flex;
      if (!Actions || !Actions.addListener || !withTaskContext) return () => {};
      const asked = (payload) => quietly(() => offer(flex, given, Component, payload));
      Actions.addListener(`before${LOAD}`, asked);
      quietly(() => askAnew(Actions));
      return () => {
        Actions.removeListener(`before${LOAD}`, asked);
        askAnew(Actions);
      };
    },
  };
}
