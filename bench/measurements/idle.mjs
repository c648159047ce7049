// What a desktop with ten tasks does on its main thread while nobody touches it, and what of that the
// component does.
//
// By itself it can do something only by a timer, an event or a message, and all of these enter
// WebAssembly: those entries are counted. What Flex makes it do, which renders the header every second, is
// counted too, call by call, and its time is sampled.

import { NO_PLUGIN, openDevtools, PLUGIN_FILE } from '../desktop.mjs';

const TASKS = 10;

/** How long each of both halves takes: the main thread, then the component, which slows it down. */
const HALF_MS = 8_000;

/** What the start of the desktop leaves to do is done by then. */
const SETTLING_MS = 6_000;

/** How often the profiler looks, in microseconds. */
const SAMPLING_US = 500;

const DESKTOPS = [
  NO_PLUGIN,
  { plugin: 'example', settings: { presence: false } },
  { plugin: 'example', settings: { presence: true } },
];

export const title = `A minute of an idle desktop with ${TASKS} tasks`;

export const columns = ['no plugin', 'presence off', 'presence on'];

export async function measure(stage) {
  await stage.control.reset();
  for (let i = 1; i <= TASKS; i += 1) {
    await stage.control.task(`Ann ${i}`, { glance_visitor_id: `bench-idle-${i}` });
  }
  const desktops = [];
  for (const scenario of DESKTOPS) {
    const agent = await stage.agent();
    await agent.context.addInitScript(countEntries);
    await agent.start(scenario);
    await agent.select('Ann 1');
    const devtools = await openDevtools(agent.page);
    desktops.push({ agent, devtools, hasPlugin: scenario !== NO_PLUGIN });
  }
  await pass(SETTLING_MS);
  const busy = await Promise.all(desktops.map(measureBusy));
  const [, off, on] = await Promise.all(desktops.map(watchComponent));
  for (const { agent } of desktops) await agent.context.close();
  await stage.control.reset();
  return [
    { what: 'main thread', unit: 'ms', values: busy },
    {
      what: 'entries into WebAssembly',
      unit: '',
      values: ['–', off.entries, on.entries],
      limit: { column: 1, atMost: 0 },
    },
    { what: 'times that Flex renders it', unit: '', values: ['–', off.renders, on.renders] },
    { what: 'time in the plugin, sampled', unit: 'ms', values: ['–', off.ms, on.ms] },
  ];
}

async function measureBusy({ devtools }) {
  const before = await devtools.taskMs();
  await pass(HALF_MS);
  return perMinute((await devtools.taskMs()) - before);
}

async function watchComponent({ agent, devtools, hasPlugin }) {
  const entries = () => agent.page.evaluate(() => window.wasmEntries);
  await devtools.send('Profiler.enable');
  await devtools.send('Profiler.setSamplingInterval', { interval: SAMPLING_US });
  await devtools.send('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  await devtools.send('Profiler.start');
  await devtools.send('Profiler.takePreciseCoverage');
  const before = await entries();
  // A count that counted nothing so far would find nothing later either.
  if (before === 0 && hasPlugin) throw new Error('No entry into WebAssembly was seen at all.');
  await pass(HALF_MS);
  const after = await entries();
  const { result } = await devtools.send('Profiler.takePreciseCoverage');
  const { profile } = await devtools.send('Profiler.stop');
  await devtools.send('Profiler.stopPreciseCoverage');
  return {
    entries: perMinute(after - before),
    renders: perMinute(countRenders(result)),
    ms: perMinute(timeIn(profile, isOurs)),
  };
}

/** How often React asked whether the component has to show something else. */
function countRenders(scripts) {
  const functions = scripts.filter(isOurs).flatMap((script) => script.functions);
  const asked = functions.filter(({ functionName }) => functionName === 'shouldComponentUpdate');
  return Math.max(0, ...asked.map(({ ranges }) => ranges[0].count));
}

function isOurs({ url }) {
  return url.includes(PLUGIN_FILE) || url.startsWith('wasm:');
}

/** Milliseconds of a CPU profile in functions of the wanted files. */
function timeIn({ nodes, samples, timeDeltas }, isWanted) {
  const wanted = new Set(nodes.filter(({ callFrame }) => isWanted(callFrame)).map(({ id }) => id));
  return samples.reduce((us, id, i) => (wanted.has(id) ? us + timeDeltas[i] : us), 0) / 1000;
}

/** Runs in the page: counts every call from JavaScript into a WebAssembly instance. */
function countEntries() {
  window.wasmEntries = 0;
  WebAssembly.Instance = new Proxy(WebAssembly.Instance, {
    construct(target, args) {
      const { exports } = new target(...args);
      const counted = Object.entries(exports).map(([name, value]) => [
        name,
        typeof value === 'function' ? count(value) : value,
      ]);
      return { exports: Object.fromEntries(counted) };
    },
  });
  const count =
    (enter) =>
    (...args) => {
      window.wasmEntries += 1;
      return enter(...args);
    };
}

function perMinute(amount) {
  return Math.round((amount * 60_000) / HALF_MS);
}

function pass(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
