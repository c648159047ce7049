/** The doctor asks the component on the page, and is not held up by one that does not answer. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { importSources } from '../js/import.mjs';

const { STEPS, askComponent } = await importSources(
  '../doctor/diagnosis.mjs',
  '../doctor/steps.mjs',
);

const props = { groupid: 1 };
const task = { sid: 'WR1' };
const NOTHING = { wrong: [] };
const told = (webAssembly) => ({ of: async () => ({ findings: [webAssembly] }) });

test('it asks about the props and the task that are examined', async () => {
  const ask = async (...about) => ({ ...NOTHING, about });
  assert.deepEqual((await askComponent({ props, task, ask })).about, [props, task]);
});

test('a component that fails, or never answers, is no answer', async ({ mock }) => {
  assert.equal(
    await askComponent({ props, ask: () => Promise.reject(new Error('trap')) }),
    undefined,
  );
  mock.timers.enable({ apis: ['setTimeout'] });
  const asked = askComponent({ props, ask: () => new Promise(() => {}) });
  mock.timers.tick(10_000);
  assert.equal(await asked, undefined);
});

test('a component that does not run is told, with the next step', async () => {
  const subject = { props, ask: async () => undefined };
  const { findings } = await STEPS.settings(subject, told({ status: 'ok' }));
  assert.deepEqual(
    findings.map(({ check, status }) => [check, status]),
    [['doctor.subject', 'unknown']],
  );
  assert.match(findings[0].fix, /^Press Try again in the component/);
});

test('where WebAssembly is refused that alone is told', async () => {
  const subject = { props, ask: async () => undefined };
  const { findings } = await STEPS.settings(subject, told({ status: 'error' }));
  assert.deepEqual(findings, []);
});

test('with a wrong prop nothing is asked of a Function or a server', async () => {
  const of = async () => ({ findings: [], diagnosis: NOTHING });
  for (const step of ['loginKey', 'viewer', 'hosts', 'presence', 'popups']) {
    assert.deepEqual(await STEPS[step]({ props }, { of }), { findings: [] });
  }
});
