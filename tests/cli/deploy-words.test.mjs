/** What `flex-glance deploy` prints of an account, and what it keeps to itself. No network. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { settingHelp } from '../../cli/src/deploy/flags.mjs';
import { createOutput } from '../../cli/src/deploy/output.mjs';
import { problemOf, secretsIn } from '../../cli/src/deploy/settings.mjs';
import {
  describeRequest,
  describeStatus,
  nextThings,
  statusOf,
} from '../../cli/src/deploy/words.mjs';
import { importSources } from '../js/import.mjs';

const account = (settings, plugins = []) => ({
  sid: `AC${'0'.repeat(32)}`,
  variables: [],
  assets: [],
  builds: [],
  active: { plugins },
  flex: {
    uiAttributes: { custom_data: { features: { glance_cobrowse: settings } } },
    serviceSids: [],
  },
});

test('a setting that looks like a secret is named, and its value is printed nowhere', async () => {
  const settings = {
    group_id: 1,
    auth_url: 'https://a.example/',
    api_key: 'canary',
    Token: 'canary',
  };
  const now = account(settings);
  const json = { ui_attributes: now.flex.uiAttributes };
  const told = [
    JSON.stringify(statusOf(now)),
    describeStatus(now),
    describeRequest({ method: 'POST', host: 'flex-api.twilio.com', path: '/', json }),
  ];
  for (const text of told) {
    assert.match(text, /api_key/);
    assert.match(text, /https:\/\/a\.example\//);
    assert.doesNotMatch(text, /canary/);
  }

  const { readSettings } = await importSources('configuration.js');
  const { problems } = readSettings(now.flex.uiAttributes);
  const refused = problems.filter(({ kind }) => kind === 'secret').map(({ name }) => name);
  assert.deepEqual(secretsIn(settings), refused);
});

test('names of others turn nothing around and colour nothing', (t) => {
  const print = t.mock.method(console, 'log', () => {});
  const evil = { name: 'evil\x1b[2J\u202e', version: '1.0.0\r9.9.9' };
  const { result, show } = createOutput({ isJson: false, strike: (text) => text });
  const text = describeStatus(account({}, [evil]));
  result({}, text);
  show(text);
  for (const {
    arguments: [shown],
  } of print.mock.calls) {
    assert.match(shown, /evil\ufffd\[2J\ufffd 1\.0\.0\ufffd9\.9\.9\.\n/);
  }
  assert.equal(print.mock.callCount(), 2);
});

test('programs are given names as they are', (t) => {
  const print = t.mock.method(console, 'log', () => {});
  createOutput({ isJson: true, strike: (text) => text }).result({ name: 'a\u202eb' }, 'text');
  assert.deepEqual(JSON.parse(print.mock.calls[0].arguments[0]), { name: 'a\u202eb' });
});

test('what is next is said of where the button is, and whether it is there', () => {
  const first = (settings) => nextThings({ settings, variables: {}, origin: '' })[0];
  assert.match(first({}), /agents find Cobrowse in the header of a task\./);
  assert.match(first({ placement: 'panel' }), /agents find Cobrowse in Flex's second panel\./);
  assert.match(
    first({ placement: 'both' }),
    /in the header of a task, and in Flex's second panel\./,
  );
  for (const enabled of [false, 'false'])
    assert.match(first({ enabled }), /^Cobrowse is switched off/);
});

test('settings that are no object are left, and told', () => {
  const problem = (features) => problemOf({ custom_data: { features } });
  assert.equal(problem({ glance_cobrowse: {} }), undefined);
  for (const theirs of ['off', [1], true]) {
    assert.match(
      problem({ glance_cobrowse: theirs }),
      /features\.glance_cobrowse of Flex's .* is no object/,
    );
  }
});

test('a request that takes our settings away shows none', () => {
  const json = { ui_attributes: { custom_data: { features: { other: {} } } } };
  const text = describeRequest({ method: 'POST', host: 'h', path: '/', json });
  assert.doesNotMatch(text, /glance_cobrowse/);
});

test('each option of the help is told apart', () => {
  for (const part of ['web', 'cdn', 'presence', 'authorization']) {
    assert.match(settingHelp, new RegExp(`--host-${part} HOST\\s[^-]*\\(${part}\\)`));
  }
});
