// @ts-check
/**
 * A registration whose props are the settings of Flex's configuration. It follows them: Flex reads the
 * account's configuration once, as it starts; a worker's attributes, and what plugins change of the
 * configuration, it puts into its store.
 */
import { isSame, readSettings, settingOf } from './configuration.js';
import { attempt } from './host/attempt.js';
import { createLiveProps } from './live-props.js';
import { quietly } from './quietly.js';

/**
 * @typedef {object} Places
 * @property {(live: ReturnType<typeof createLiveProps>, placement: 'header' | 'panel' | 'both') => () => void}
 *   add Registers; gives what takes it back.
 * @property {() => void} reconfigure Tells what has changed of the live props.
 */

/**
 * @param {any} manager Flex's.
 * @param {object} overrides Props of the plugin's author, which win.
 * @param {Places} places
 * @returns {() => void} Takes everything back.
 */
export function followConfiguration(manager, overrides, places) {
  const live = createLiveProps();
  /** What Flex's store had. */
  let seen;
  /**
   * What it came to.
   * @type {any}
   */
  let before;
  let takeBack = () => {};

  function look() {
    const { config, worker = {}, session } = stateOf(manager);
    const now = [config, worker.attributes, session];
    if (seen && now.every((part, at) => part === seen[at])) return;
    seen = now;
    const settings = readSettings(uiAttributesOf(manager, config), attributesOf(manager), config);
    /** @type {any} */
    const told = { ...settings, isAdministrator: isAdministrator(manager) };
    if (before && isSame(before, told)) return;
    const isElsewhere =
      !before || before.placement !== told.placement || before.isEnabled !== told.isEnabled;
    before = told;
    live.set(propsOf(told));
    if (isElsewhere) place(told);
    else places.reconfigure();
  }

  /** The new place before the old one is taken back, so that sessions go on. */
  function place({ isEnabled, placement }) {
    const old = takeBack;
    takeBack = () => {};
    try {
      if (isEnabled) takeBack = places.add(live, placement);
    } finally {
      old();
    }
  }

  function propsOf({ props, language, problems, isAdministrator: reader }) {
    return {
      ...props,
      puid: () => manager.user.identity,
      ...overrides,
      configured: { isAdministrator: reader, language, problems, settingOf },
    };
  }

  look();
  const { store } = manager;
  const stop = store && store.subscribe && store.subscribe(() => quietly(look));
  return () => {
    if (typeof stop === 'function') stop();
    takeBack();
    takeBack = () => {};
  };
}

function stateOf(manager) {
  return attempt(() => manager.store.getState().flex) || {};
}

/** As the account has it. A Flex that says nothing of that has it in its own configuration. */
function uiAttributesOf(manager, config) {
  const { ui_attributes: hosted } = attempt(() => manager.serviceConfiguration) || {};
  return hosted || config;
}

function attributesOf(manager) {
  const { worker } = stateOf(manager);
  return (worker && worker.attributes) || attempt(() => manager.workerClient.attributes);
}

function isAdministrator(manager) {
  const roles = attempt(() => manager.user.roles) || [];
  return roles.includes('admin');
}
