/** Words what the component thinks of its props: whether it can use them, and as what. */

import { check, straightQuotes } from '../finding.mjs';
import { HOST_NAMES, takenSetting, wrongSetting } from './settings.mjs';

const WHY = 'With a wrong prop the component does nothing but name it.';

/**
 * @param {import('../diagnosis.mjs').Diagnosis} diagnosis
 * @param {Record<string, any>} props As the plugin gave them.
 * @returns {import('../finding.mjs').Finding[]} One for each prop that is wrong; with none, what it works with.
 */
export function tellProps({ wrong, settings }, props) {
  if (!settings) return wrong.map((error) => tellWrong(error, props));
  const { hosts } = settings;
  const own = HOST_NAMES.filter((name) => hosts[name] && props.hosts && props.hosts[name]);
  return [
    takenSetting('groupid', settings.groupid),
    takenSetting('glancebaseurl', props.glancebaseurl),
    takenSetting('authurl', settings.authurl),
    ...own.map((name) => takenSetting(`hosts.${name}`, hosts[name])),
    check('settings.props', WHY).ok('puid and the props that may be left out can be used.'),
  ];
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
