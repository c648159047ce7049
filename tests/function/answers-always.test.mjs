/** Whatever the runtime lacks or does, each request is answered, once. */

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { assertRefused } from './answers.mjs';
import { SETTINGS as CONTEXT, REQUEST, call, handler } from './handler.mjs';
import { SETTINGS, post, startFunction, startSandbox } from './sandbox.mjs';

let sandbox;

before(async () => {
  sandbox = await startSandbox();
});

after(() => sandbox.stop());

// ---- A runtime that lacks something

const HANDLER = fileURLToPath(new URL('handler.mjs', import.meta.url));

/** The answer's status, in a process that lost something before the Function was loaded. */
async function statusWithout(lost) {
  const program = `${lost}; const { call } = await import(${JSON.stringify(HANDLER)});
    console.log((await call()).statusCode);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program]);
  const [chunks] = await Promise.all([
    child.stdout.setEncoding('utf8').toArray(),
    once(child, 'exit'),
  ]);
  return chunks.join('').trim();
}

test('a runtime without URL.canParse, as Node.js before 18.17, gets the answer of any other', async () => {
  assert.equal(await statusWithout('delete URL.canParse'), '401');
});

// ---- A response that throws

for (const [what, Broken] of [
  ['cannot be made', undefined],
  [
    'takes no header',
    class {
      setStatusCode() {}
      appendHeader() {
        throw new TypeError('secret-api-key');
      }
    },
  ],
]) {
  test(`where a response ${what}, the runtime is told of a failure`, async (t) => {
    const log = t.mock.method(console, 'error', () => {});
    const { Twilio } = globalThis;
    globalThis.Twilio = { Response: Broken };
    t.after(() => (globalThis.Twilio = Twilio));
    await assert.rejects(call(), /^Error: getloginkey: the Function failed\./);
    assert.deepEqual(log.mock.calls[0].arguments, ['getloginkey: unexpected TypeError']);
  });
}

test('settings that cannot be read are a failure that the runtime is told of', async (t) => {
  t.mock.method(console, 'error', () => {});
  const changes = {
    toString() {
      throw new TypeError('secret-api-key');
    },
  };
  await assert.rejects(
    call({ ALLOWED_ORIGINS: changes }),
    /^Error: getloginkey: the Function failed/,
  );
});

test('a callback that throws is called once, and nothing is left unhandled', async (t) => {
  const log = t.mock.method(console, 'error', () => {});
  let calls = 0;
  handler(CONTEXT, { request: REQUEST }, () => {
    calls += 1;
    throw new RangeError('secret-api-key');
  });
  // An unhandled rejection would end this process.
  while (log.mock.callCount() === 0) await new Promise(setImmediate);
  await new Promise(setImmediate);
  assert.equal(calls, 1);
  assert.deepEqual(log.mock.calls[0].arguments, ['getloginkey: unexpected RangeError']);
});

// ---- An IAM that answers with something else than HTTP's answer

for (const [what, bytes, reason] of [
  [
    'changes the protocol',
    'HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n',
    'a connection closed without an answer',
  ],
  ['speaks of going on, and ends', 'HTTP/1.1 100 Continue\r\n\r\n', 'ECONNRESET'],
  ['says nothing, and ends', '', 'ECONNRESET'],
]) {
  test(`an IAM that ${what} is a 503`, async () => {
    const iam = createServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', () =>
        bytes.includes(' 101 ') ? socket.write(bytes) : socket.end(bytes),
      );
    });
    iam.listen(0, '127.0.0.1');
    await once(iam, 'listening');
    const SANDBOX_IAM = `http://127.0.0.1:${iam.address().port}/iam`;
    const fn = await startFunction(sandbox, { ...SETTINGS, SANDBOX_IAM });
    try {
      const signal = AbortSignal.timeout(4000);
      const answer = await post(fn.url, { Token: 'iam-test-agent' }, { signal });
      assertRefused(answer, 503, 'validator_unavailable');
      assert.ok(fn.log.text.includes(`on a Flex token: ${reason}`), fn.log.text);
    } finally {
      await fn.stop();
      iam.close();
    }
  });
}
