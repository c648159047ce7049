/** What `flex-glance deploy` is given, and what it makes of it. No network. */

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { PassThrough } from 'node:stream';
import { test } from 'node:test';

import { parseEnvFile } from '../../cli/src/deploy/env-file.mjs';
import { readSettings } from '../../cli/src/deploy/flags.mjs';
import { createLookup, readCredentials, readWishes } from '../../cli/src/deploy/inputs.mjs';
import { judgeVariables } from '../../cli/src/deploy/judge-variables.mjs';
import { judgeNeighbours } from '../../cli/src/deploy/neighbours.mjs';
import { createProgress } from '../../cli/src/deploy/progress.mjs';
import { createSecrets } from '../../cli/src/deploy/secrets.mjs';
import { createTerminal } from '../../cli/src/deploy/terminal.mjs';

const ACCOUNT = `AC${'0'.repeat(32)}`;
const nobody = { isThere: false };

test('a .env is read as other tools read it', () => {
  const text = [
    '\ufeff# a comment',
    'PLAIN=one two',
    'export SPACED = x ',
    'DOUBLE="a # b\\n\\"c\\""',
    "SINGLE='a \\n # b'",
    'COMMENTED=x # why',
    'HASH=a#b',
    'TIGHT="a"# why',
    'WINDOWS="C:\\temp\\$x"',
    'EMPTY=',
    'no assignment',
  ].join('\r\n');
  assert.deepEqual(parseEnvFile(text), {
    PLAIN: 'one two',
    SPACED: 'x',
    DOUBLE: 'a # b\n"c"',
    SINGLE: 'a \\n # b',
    COMMENTED: 'x',
    HASH: 'a#b',
    TIGHT: 'a',
    WINDOWS: 'C:\\temp\\$x',
    EMPTY: '',
  });
});

test('standard input counts before the environment, and what is empty is none', () => {
  const lookup = createLookup({ A: 'environment', B: 'environment', C: ' ' }, 'A=input\nB=\n');
  assert.deepEqual(['A', 'B', 'C'].map(lookup), ['input', 'environment', undefined]);
});

test('the account is signed in to by its token, or by an API key', async () => {
  const read = (environment) => readCredentials(createLookup(environment), undefined, nobody);
  const sid = { TWILIO_ACCOUNT_SID: ACCOUNT };
  assert.deepEqual(await read({ ...sid, TWILIO_AUTH_TOKEN: 'token' }), {
    accountSid: ACCOUNT,
    user: ACCOUNT,
    secret: 'token',
  });
  const key = `SK${'1'.repeat(32)}`;
  assert.deepEqual(await read({ ...sid, TWILIO_API_KEY: key, TWILIO_API_SECRET: 'secret' }), {
    accountSid: ACCOUNT,
    user: key,
    secret: 'secret',
  });
  await assert.rejects(read({}), /^Error: TWILIO_ACCOUNT_SID is missing: .* --secrets-stdin\.$/);
  await assert.rejects(read(sid), /TWILIO_AUTH_TOKEN is missing/);
  await assert.rejects(read({ ...sid, TWILIO_API_KEY: 'canary' }), (error) => {
    assert.match(error.message, /^TWILIO_API_KEY is no SID/);
    return !error.message.includes('canary');
  });
});

test('an account that is named as an option counts before the one of the environment', async () => {
  const lookup = createLookup({ TWILIO_ACCOUNT_SID: ACCOUNT, TWILIO_AUTH_TOKEN: 'token' });
  const other = `AC${'1'.repeat(32)}`;
  assert.equal((await readCredentials(lookup, other, nobody)).accountSid, other);
});

test('options of settings take what the table of settings says', () => {
  assert.deepEqual(
    readSettings({ 'group-id': '020541', placement: 'BOTH', presence: true, 'no-enabled': true }),
    { group_id: 20541, presence: true, enabled: false, placement: 'both' },
  );
  for (const [values, message] of [
    [{ 'group-id': 'none' }, /^--group-id takes the Group ID/],
    [{ placement: 'left' }, /^--placement takes one of header, panel, both\.$/],
    [{ presence: true, 'no-presence': true }, /^--presence and --no-presence/],
    [{ 'host-web': 'a b' }, /^--host-web takes a host name/],
    [{ 'viewer-sandbox': ' ' }, /^--viewer-sandbox is empty/],
  ]) {
    assert.throws(() => readSettings(values), { message });
  }
});

const wishes = (given) =>
  readWishes({
    lookup: createLookup(given.environment ?? {}),
    settings: given.settings ?? {},
    now: given.now ?? {},
    variables: given.variables ?? [],
    terminal: nobody,
    onSecret() {},
  });

test('a first time it wants the group and the API key, and no more', async () => {
  const environment = { GLANCE_API_KEY: 'key', GLANCE_GROUP_ID: '20541' };
  assert.deepEqual(await wishes({ environment }), {
    settings: { group_id: 20541 },
    variables: { GLANCE_API_KEY: 'key', GLANCE_GROUP_ID: '20541', GLANCE_EXPIRATION: '3600' },
  });
  await assert.rejects(wishes({ environment: {} }), /--group-id is missing: The Glance group ID/);
  await assert.rejects(
    wishes({ environment: { GLANCE_GROUP_ID: '1' } }),
    /GLANCE_API_KEY is missing: Glance API key/,
  );
});

test('a second time it wants nothing: what the account has stays', async () => {
  const variables = ['GLANCE_API_KEY', 'GLANCE_EXPIRATION'].map((key) => ({ key, value: 'x' }));
  assert.deepEqual(await wishes({ now: { group_id: 20541 }, variables }), {
    settings: {},
    variables: { GLANCE_GROUP_ID: '20541' },
  });
});

test('a setting that the account has in vain is asked for anew', async () => {
  const variables = ['GLANCE_API_KEY', 'GLANCE_EXPIRATION'].map((key) => ({ key, value: 'x' }));
  for (const group_id of [null, '', 'canary', -1]) {
    await assert.rejects(wishes({ now: { group_id }, variables }), /--group-id is missing/);
  }
  const environment = { GLANCE_GROUP_ID: '20541' };
  const { settings } = await wishes({ environment, now: { group_id: null }, variables });
  assert.deepEqual(settings, { group_id: 20541 });
});

test('the Function itself judges its variables, and a value is never told', async () => {
  const func = createRequire(import.meta.url)('../../functions/getloginkey.js');
  const good = { GLANCE_API_KEY: 'key', GLANCE_GROUP_ID: '20541', GLANCE_EXPIRATION: '3600' };
  await judgeVariables(func, good);
  for (const [change, message] of [
    [{ GLANCE_API_KEY: 'canary "' }, /^In the Function, GLANCE_API_KEY has a wrong value\. Set/],
    [{ GLANCE_EXPIRATION: '99999' }, /^In the Function, GLANCE_EXPIRATION is out of range/],
    [{ PARTNER_USER_ID: 'canary' }, /^In the Function, PARTNER_USER_ID has a wrong value/],
    [{ ALLOWED_ORIGINS: '*' }, /^In the Function, ALLOWED_ORIGINS has a wrong value/],
  ]) {
    await assert.rejects(judgeVariables(func, { ...good, ...change }), (error) => {
      assert.match(error.message, message);
      assert.doesNotMatch(error.message, /canary|deploy again/);
      return true;
    });
  }
  assert.equal(globalThis.Twilio, undefined);
});

/** A terminal, what is typed there, and what it shows. */
function terminalOf() {
  const [input, output] = [new PassThrough(), new PassThrough()];
  Object.assign(input, { isTTY: true, setRawMode() {} });
  Object.assign(output, { isTTY: true });
  const told = { shown: '' };
  output.on('data', (chunk) => (told.shown += chunk));
  return {
    told,
    terminal: createTerminal({ input, output }),
    type: (text) => input.write(text),
    hangUp: () => input.end(),
  };
}

test('in a terminal a secret is asked for without being shown', async () => {
  const { terminal, type, told } = terminalOf();
  const answer = terminal.ask('API key', { isSecret: true });
  type('canary-typed\r');
  assert.equal(await answer, 'canary-typed');
  assert.match(told.shown, /API key: /);
  assert.doesNotMatch(told.shown, /canary/);
  const name = terminal.ask('Name');
  type('shown\r');
  assert.equal(await name, 'shown');
  assert.match(told.shown, /shown/);
  const pasted = terminal.ask('Account');
  type('AC\rcanary-pasted\r');
  assert.equal(await pasted, 'AC');
  assert.doesNotMatch(told.shown, /canary/);
  const no = terminal.confirm('Carry it out?');
  type('\r');
  assert.equal(await no, false);
});

test('Ctrl-C, or a terminal that goes away, is no answer to a question, and a no to the plan', async () => {
  for (const end of [({ type }) => type('\x03'), ({ hangUp }) => hangUp()]) {
    const asked = terminalOf();
    const answer = asked.terminal.ask('Name');
    end(asked);
    await assert.rejects(answer, /^Error: Nothing was changed\.$/);
    const planned = terminalOf();
    const agreed = planned.terminal.confirm('Carry it out like this?');
    end(planned);
    // Something may have been changed by then.
    assert.equal(await agreed, false);
    assert.match(planned.told.shown, /\n$/);
  }
});

test('what is under way stays in its line, however narrow the terminal is', () => {
  for (const columns of [undefined, 0, 5, 20, 200]) {
    let shown = '';
    const output = { isTTY: true, columns, write: (text) => (shown += text) };
    const progress = createProgress(output, (text) => text);
    progress.begin(`Upload ${'x'.repeat(300)}`);
    const most = Math.max(columns || 80, 15);
    assert.ok(shown.length < most, `${columns}: ${shown}`);
  }
});

test('a secret is struck out of a text in every form in which it is sent', () => {
  const secrets = createSecrets();
  secrets.add('a/canary "secret"');
  secrets.add('abc');
  const forms = [
    'a/canary "secret"',
    'a/canary \\"secret\\"',
    encodeURIComponent('a/canary "secret"'),
  ];
  const encoded = Buffer.from('a/canary "secret"').toString('base64');
  assert.equal(
    secrets.strike([...forms, encoded, 'abc'].join(' ')),
    '(removed) (removed) (removed) (removed) abc',
  );
});

test('an active plugin that has flex-glance in it is told, by its bundle or else by its name', async () => {
  const plugin = (name, url, isPrivate = false) => ({ name, version: '1.0.0', url, isPrivate });
  const bundles = {
    'https://a.example/bundle.js': 'x(Symbol.for("flex-glance"))',
    'https://b.example/bundle.js': 'nothing of it',
  };
  const ask = async ({ href }) =>
    href in bundles ? { status: 200, body: bundles[href] } : { failure: 'dns' };
  const told = await judgeNeighbours(
    [
      plugin('plugin-a', 'https://a.example/bundle.js'),
      plugin('plugin-glance-b', 'https://b.example/bundle.js'),
      plugin('plugin-glance-c', 'https://c.example/bundle.js'),
      plugin('plugin-cobrowse', 'https://a.example/bundle.js', true),
      plugin('plugin-d', 'https://d.example/bundle.js'),
    ],
    ask,
  );
  assert.deepEqual(
    told.map((text) => text.split('. ')[0]),
    [
      'The active plugin plugin-a 1.0.0 has flex-glance in it already',
      'The active plugin plugin-glance-c 1.0.0 may be another Cobrowse plugin, by its name; its bundle cannot be read from here',
      'The active plugin plugin-cobrowse 1.0.0 may be another Cobrowse plugin, by its name; its bundle cannot be read from here',
    ].map((text) => text.replace(/\. .*/, '')),
  );
});
