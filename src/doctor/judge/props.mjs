/** Words what the component thinks of its props: whether it can use them, and as what. */

import { check, straightQuotes } from '../finding.mjs';
import { HOST_NAMES, takenSetting, wrongSetting } from './settings.mjs';

const WHY = 'With a wrong prop the component does nothing but name it.';

const CONFIGURATION = check(
  'settings.configuration',
  "Administrators set Cobrowse in Flex's configuration, and every agent can read it.",
);

/** What is wrong with a member of Flex's configuration, and what to do; by the kind of the problem. */
const IGNORED = {
  unknown: (name) => [
    `There is no setting ${name}; it is ignored.`,
    `Take ${name} out of the settings of glance_cobrowse, or look for its right name in docs/administrators.md.`,
  ],
  secret: (name) => [
    `${name} in the settings looks like a secret; it is ignored.`,
    `Take ${name} out of the settings of glance_cobrowse, and change the secret: every agent could read it.`,
  ],
  worker: (name) => [
    `This worker's attributes have ${name} of their own; it is ignored.`,
    `Take ${name} out of config_overrides of the worker's attributes: it is the same for all.`,
  ],
  value: (name) => [
    `${name} has a value that it does not take; it is ignored.`,
    `Set ${name} to a value that docs/administrators.md lists, or leave it out.`,
  ],
};

/**
 * @param {import('../diagnosis.mjs').Diagnosis} diagnosis
 * @param {Record<string, any>} props As the plugin gave them, or as `registerFromConfiguration` did (`configured`).
 * @returns {import('../finding.mjs').Finding[]} One for each prop that is wrong; with none, what it works with.
 */
export function tellProps({ wrong, settings }, props) {
  const { configured } = props;
  const ignored = configured ? configured.problems.map(tellIgnored) : [];
  if (!settings) {
    const told = wrong.map((error) => [tellWrong(error, props), error]);
    const named = told.map(([finding, error]) =>
      configured ? bySetting(finding, error) : finding,
    );
    return [...ignored, ...named];
  }
  const { hosts } = settings;
  const own = HOST_NAMES.filter((name) => hosts[name] && props.hosts && props.hosts[name]);
  const taken = [
    ['groupid', settings.groupid],
    ['glancebaseurl', props.glancebaseurl],
    ['authurl', settings.authurl],
    ...own.map((name) => [`hosts.${name}`, hosts[name]]),
  ].map(([prop, value]) => {
    const finding = takenSetting(prop, value);
    return configured ? bySetting(finding, { prop, setting: configured.settingOf(prop) }) : finding;
  });
  const others = configured
    ? 'The Partner UID and the other settings can be used.'
    : 'puid and the props that may be left out can be used.';
  return [...ignored, ...taken, check('settings.props', WHY).ok(others)];
}

function tellIgnored({ kind, name }) {
  const [seen, fix] = IGNORED[kind](name);
  return kind === 'secret' ? CONFIGURATION.error(seen, fix) : CONFIGURATION.warning(seen, fix);
}

/** The same finding, in the words of who sets it in Flex's configuration. */
function bySetting(finding, { prop, setting = prop }) {
  const named = (text) => text.split(prop).join(setting);
  return { ...finding, seen: named(finding.seen), fix: named(finding.fix) };
}

function tellWrong({ prop, given, expected }, props) {
  // Its values may name people.
  const isPolicy = /^policy\b/.test(prop);
  // A text or a number was read already: its getter, if it has one, does not throw.
  const isReadable = !isPolicy && (given === 'a string' || given === 'a number');
  const value = isReadable ? prop.split('.').reduce((it, name) => it[name], props) : undefined;
  const setting = wrongSetting(prop, value, given);
  if (setting) return setting;
  const type = given === 'a string' ? 'a text that is none of what it takes' : given;
  const name = isPolicy ? 'policy' : prop;
  return check(`settings.${name}`, WHY).error(`${prop} is ${type}.`, remedy(prop, given, expected));
}

function remedy(prop, given, expected) {
  if (prop === 'puid') return 'Set puid to manager.user.identity.';
  const takes = straightQuotes(expected);
  return given === 'an unknown member'
    ? `Take ${prop} out, or rename it: where it is, ${takes} is taken.`
    : `Set ${prop} to ${takes}, or leave it out.`;
}
