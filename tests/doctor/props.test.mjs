/** What the doctor says of props that only a plugin gives: it accepts what the component accepts. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { judgeProps } from '../../src/doctor/judge/props.mjs';
import { importSources } from '../js/import.mjs';

const { PROPS } = await importSources('props.js');
const puid = 'maria';

/** What is wrong with these props. */
const wrong = (props) => judgeProps({ puid, ...props }).filter(({ status }) => status === 'error');

test('of every prop that the component reads, the doctor names a wrong value', () => {
  const all = Object.fromEntries(PROPS.map((name) => [name, [Symbol('wrong')]]));
  const named = wrong(all).map(({ check }) => check.replace('settings.', ''));
  // Others judge these: `settings.mjs`, and `openlocation` rules over `opentype`. A theme is no prop.
  const others = ['groupid', 'authurl', 'glancebaseurl', 'hosts', 'opentype', 'theme'];
  assert.deepEqual(named.sort(), PROPS.filter((name) => !others.includes(name)).sort());
});

test('a wrong prop is told by its type, with what it takes', () => {
  const [{ seen, fix }] = wrong({ openlocation: 'popup' });
  assert.equal(seen, 'openlocation is a text that is none of what it takes.');
  assert.equal(fix, 'Set openlocation to "flex", "tab" or "window", or leave it out.');
});

for (const [name, taken, refused] of [
  ['openlocation', ['flex', ' Tab ', 'WINDOW', '', null], ['popup', 1, {}]],
  ['presence', [true, false, 'true', ' false ', undefined], ['yes', 'TRUE', 1]],
  ['authtoken', ['token', () => 'token', ' '], [1, {}, ['token']]],
  ['video', ['off', 'Agent', { agent: 'true' }, { visitor: 'x' }], ['on', {}, { agent: true }]],
  ['viewersandbox', [false, 'None', 'allow-scripts  allow-forms'], [true, 'Allow-scripts', 'x']],
  ['onsessionstart', [() => {}, undefined], ['f', {}]],
  ['strings', [{}, { cobrowse: 'Share' }, null], [[], 'x', () => {}]],
]) {
  test(`${name} is judged as the component judges it`, () => {
    for (const value of taken) assert.deepEqual(wrong({ [name]: value }), [], String(value));
    for (const value of refused) assert.equal(wrong({ [name]: value }).length, 1, String(value));
  });
}
