/** How `flex-glance deploy` calls Twilio's APIs, and what it makes of the answers. No network. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { readAccount } from '../../cli/src/deploy/account.mjs';
import { bodyOf } from '../../cli/src/deploy/body.mjs';
import { inexactIn } from '../../cli/src/exact-numbers.mjs';
import { readServerless } from '../../cli/src/deploy/read-serverless.mjs';
import { TwilioError } from '../../cli/src/deploy/twilio-error.mjs';
import { createTwilio } from '../../cli/src/deploy/twilio.mjs';
import { versionBefore } from '../../cli/src/deploy/undo-target.mjs';

const ACCOUNT = `AC${'0'.repeat(32)}`;

test('forms and uploads have the form that Twilio takes', () => {
  const { body } = bodyOf({
    form: { Name: 'a b', Plugins: [{ phase: 3 }, { phase: 3 }], Flag: true },
  });
  assert.equal(
    body,
    'Name=a+b&Plugins=%7B%22phase%22%3A3%7D&Plugins=%7B%22phase%22%3A3%7D&Flag=true',
  );
  const parts = [
    { name: 'Path', value: '/x' },
    {
      name: 'Content',
      filename: 'x.js',
      type: 'application/javascript',
      content: Buffer.from('1'),
    },
  ];
  const { type, body: upload } = bodyOf({ parts });
  const [, boundary] = /^multipart\/form-data; boundary=(.+)$/.exec(type);
  assert.equal(
    String(upload),
    [
      `--${boundary}`,
      'Content-Disposition: form-data; name="Path"',
      '',
      '/x',
      `--${boundary}`,
      'Content-Disposition: form-data; name="Content"; filename="x.js"',
      'Content-Type: application/javascript',
      '',
      '1',
      `--${boundary}--`,
      '',
    ].join('\r\n'),
  );
});

/** A Twilio that gives these answers one after the other, and how long was waited between. */
function twilioThat(...answers) {
  const waits = [];
  const asked = [];
  const twilio = createTwilio({
    credentials: { user: ACCOUNT, secret: 'canary' },
    patienceMs: 1000,
    wait: async (ms) => void waits.push(ms),
    ask: async (url) => {
      asked.push(url.pathname + url.search);
      return answers.shift();
    },
  });
  return { ...twilio, waits, asked };
}

const READ = { method: 'GET', host: 'flex-api.twilio.com', path: '/v1/Configuration' };
const WRITE = { ...READ, method: 'POST', json: {} };
const good = { status: 200, headers: {}, body: '{"a":1}' };

test('a read is tried again after what may pass, and waits as long as Twilio says', async () => {
  const busy = { status: 429, headers: { 'retry-after': '3' }, body: '{}' };
  const twilio = twilioThat({ failure: 'timeout' }, { status: 503, body: '' }, busy, good);
  assert.deepEqual(await twilio.send(READ), { a: 1 });
  assert.deepEqual(twilio.waits, [500, 1000, 3000]);
});

test('a write is tried again after 429 alone: another failure may have taken effect', async () => {
  const twilio = twilioThat({ status: 429, headers: {}, body: '' }, good);
  assert.deepEqual(await twilio.send(WRITE), { a: 1 });
  for (const answer of [{ failure: 'closed' }, { status: 500, body: '' }]) {
    await assert.rejects(twilioThat(answer).send(WRITE), { isTransient: true });
  }
});

test('what no second try can mend is not tried again', async () => {
  for (const failure of ['tls', 'too_large']) {
    const twilio = twilioThat({ failure }, good);
    await assert.rejects(twilio.send(READ), { isTransient: false });
    assert.equal(twilio.asked.length, 1);
  }
});

test('an upload may take six times as long as another call', async () => {
  const waited = [];
  const twilio = createTwilio({
    credentials: { user: ACCOUNT, secret: 'canary' },
    patienceMs: 1000,
    wait: async () => {},
    ask: async (_, { patienceMs }) => waited.push(patienceMs) && good,
  });
  await twilio.send(READ);
  await twilio.send({ ...READ, method: 'POST', parts: [] });
  assert.deepEqual(waited, [1000, 6000]);
});

test("Twilio's own words are passed on, cut short and without what is not seen", async () => {
  const body = JSON.stringify({
    code: 20400,
    message: `Wrong\u202e ${'x'.repeat(500)}`,
    status: 400,
  });
  await assert.rejects(twilioThat({ status: 400, headers: {}, body }).send(WRITE), (error) => {
    assert.ok(error instanceof TwilioError && !error.isTransient);
    assert.match(
      error.message,
      /^POST flex-api\.twilio\.com\/v1\/Configuration: Twilio answered 400: "Wrong\ufffd x+…" \(error 20400\)\.$/,
    );
    return true;
  });
});

test('a number of others that JavaScript would round stops it before anything is written', async () => {
  const answer = (body) => twilioThat({ ...good, body }).send({ ...READ, isExact: true });
  await assert.rejects(
    answer('{"theirs":{"id":12345678901234567890}}'),
    /has the number 12345678901234567890, which would be sent back changed/,
  );
  const fine = '{"id":-9007199254740991,"text":"12345678901234567890 \\" 1","part":0.10}';
  assert.deepEqual(await answer(fine), JSON.parse(fine));
});

/** A page of releases. */
const page = (entries, next) => ({
  status: 200,
  headers: {},
  body: JSON.stringify({ releases: entries, meta: { next_page_url: next } }),
});
const release = (number) => ({ sid: `FK${number}`, configuration_sid: `FJ${number}` });
const listed = (twilio) => twilio.list('flex-api.twilio.com', '/v1/Things', 'releases');

test('a list is read to its end', async () => {
  const next = 'https://flex-api.twilio.com/v1/Things?Page=1';
  const twilio = twilioThat(page([release(1), release(2)], next), page([release(3)]));
  assert.deepEqual(await listed(twilio), [1, 2, 3].map(release));
  assert.deepEqual(twilio.asked, ['/v1/Things?PageSize=100', '/v1/Things?Page=1']);
});

test('a list that cannot be read to its end is none, and no other host is given the credentials', async () => {
  for (const next of ['https://evil.example/v1/Things?Page=1', 'http://[']) {
    const twilio = twilioThat(page([release(1)], next));
    await assert.rejects(listed(twilio), /has a next page somewhere else/);
    assert.equal(twilio.asked.length, 1);
  }
  const round = page([release(1)], 'https://flex-api.twilio.com/v1/Things?Page=1');
  await assert.rejects(listed(twilioThat(...Array(60).fill(round))), /has no end/);
});

test('an answer that is not as documented is none: nothing is taken for empty', async () => {
  const strange = ['', 'null', '[]', '"x"', '{}', '{"releases":null}', '{"releases":[null]}'];
  for (const body of [...strange, '{"releases":[{"sid":"FK1"}]}', '<html>']) {
    await assert.rejects(listed(twilioThat({ ...good, body })), (error) => {
      assert.ok(error instanceof TwilioError, body);
      assert.match(error.message, /^GET flex-api\.twilio\.com\/v1\/Things: the answer (is|has) /);
      return true;
    });
  }
});

/** An account that answers nothing but this to a path. */
const accountThat = (answers) =>
  createTwilio({
    credentials: { user: ACCOUNT, secret: 'canary' },
    patienceMs: 1000,
    wait: async () => {},
    ask: async ({ pathname }) => {
      const [, answer] = Object.entries(answers).find(([path]) => pathname.endsWith(path)) ?? [];
      if (!answer) return { status: 404, headers: {}, body: '{}' };
      return { status: 200, headers: {}, body: JSON.stringify(answer) };
    },
  });

const BARE = {
  '/v1/Services': { services: [] },
  '/Releases': { releases: [] },
  '/PluginService/Configurations': { configurations: [] },
  '/v1/Configuration': { account_sid: ACCOUNT, ui_attributes: {} },
};

test('an account without Flex is told as such', async () => {
  assert.deepEqual((await readAccount(accountThat(BARE), ACCOUNT)).flex.serviceSids, []);
  const others = { ...BARE, '/v1/Configuration': undefined };
  await assert.rejects(
    readAccount(accountThat(others), ACCOUNT),
    /^Error: There is no Flex in this account\. Take the SID/,
  );
});

test('settings of Flex that are missing in the answer are not taken for none', async () => {
  const read = (configuration) =>
    readAccount(
      accountThat({ ...BARE, '/v1/Configuration': { account_sid: ACCOUNT, ...configuration } }),
      ACCOUNT,
    );
  await assert.rejects(read({}), /has no ui_attributes/);
  await assert.rejects(
    read({ ui_attributes: {}, serverless_service_sids: {} }),
    /has no list of serverless_service_sids/,
  );
});

test('what is live is known, also where a hundred builds came after it', async () => {
  const build = (number) => ({ sid: `ZB${number}`, status: 'completed', runtime: 'node22' });
  const live = { ...build(0), asset_versions: [{ sid: 'ZN1', path: '/theirs.js' }] };
  const { builds } = await readServerless(
    accountThat({
      '/v1/Services': { services: [{ sid: 'ZS1', unique_name: 'flex-glance' }] },
      '/Environments': {
        environments: [
          { sid: 'ZE1', unique_name: 'production', domain_name: 'a.twil.io', build_sid: 'ZB0' },
        ],
      },
      '/Variables': { variables: [] },
      '/Functions': { functions: [] },
      '/Assets': { assets: [] },
      '/Builds': { builds: Array.from({ length: 100 }, (_, i) => build(i + 1)) },
      '/Builds/ZB0': live,
    }),
  );
  assert.deepEqual(builds.find(({ sid }) => sid === 'ZB0')?.assets, live.asset_versions);
});

test('of two Functions of our name the older one counts, and of versions those that anybody may reach', async () => {
  const version = (sid, visibility, day) => ({
    sid,
    path: '/getloginkey',
    visibility,
    date_created: `2026-01-0${day}T00:00:00Z`,
  });
  const func = (sid, day) => ({ ...version(sid, '', day), friendly_name: '/getloginkey' });
  const service = { sid: 'ZS1', unique_name: 'flex-glance', include_credentials: false };
  const bundle = { sid: 'ZH3', friendly_name: 'plugin 0.1.0 cafe' };
  const read = await readServerless(
    accountThat({
      '/v1/Services': { services: [service] },
      '/Environments': { environments: [] },
      '/Functions': { functions: [func('ZH2', 2), func('ZH1', 1)] },
      '/Functions/ZH1/Versions': {
        function_versions: [version('ZN1', 'public', 1), version('ZN2', 'private', 2)],
      },
      '/Functions/ZH2/Versions': { function_versions: [version('ZN3', 'public', 3)] },
      '/ZN1/Content': { content: 'one' },
      '/ZN2/Content': { content: 'two' },
      '/Assets': { assets: [bundle] },
      '/Assets/ZH3/Versions': { asset_versions: [version('ZN4', 'public', 1)] },
      '/Builds': { builds: [] },
    }),
  );
  assert.equal(read.service.includesCredentials, false);
  assert.deepEqual(read.func, { sid: 'ZH1', versions: [{ sid: 'ZN1', content: 'one' }] });
  assert.deepEqual(read.assets, [{ sid: 'ZH3', name: bundle.friendly_name, version: undefined }]);
});

test('a configuration that somebody archived is not one to go on from', async () => {
  for (const archived of [false, true]) {
    const made = { sid: 'FJ1', name: 'flex-glance 0.1.0', date_created: '2026-01-01T00:00:00Z' };
    const answers = {
      ...BARE,
      '/FJ1/Plugins': { plugins: [] },
      '/PluginService/Configurations': { configurations: [{ ...made, archived }] },
    };
    const { draft } = await readAccount(accountThat(answers), ACCOUNT);
    assert.equal(draft?.configuration, archived ? undefined : 'FJ1');
  }
});

test('the version before is found, also where others released a hundred times since', async () => {
  const answers = { '/PluginService/Configurations': { configurations: [] } };
  const releases = [2, ...Array(150).fill(2), 1];
  answers['/Releases'] = {
    releases: releases.map((_, i) => ({ sid: `FK${i}`, configuration_sid: `FJ${i}` })),
  };
  releases.forEach((version, i) => {
    const ours = { unique_name: 'flex-glance', version: `${version}.0.0` };
    const plugins = [{ ...ours, plugin_version_sid: `FV${version}` }];
    answers[`/FJ${i}/Plugins`] = { plugins };
  });
  assert.equal((await versionBefore(accountThat(answers)))?.version, '1.0.0');
});

test('a number is exact if it comes back as the same one, however it is written', () => {
  const exact = ['0', '-0', '1.0', '1.50', '1e3', '0.1', '-12.5E-3', '9007199254740992', '5e-324'];
  assert.deepEqual(
    exact.map((number) => inexactIn(`[${number}]`)),
    exact.map(() => undefined),
  );
  for (const number of ['9007199254740993', '0.12345678901234567891', '1e999', '1e-999']) {
    assert.equal(inexactIn(`{"a":[${number}]}`), number);
  }
});
