// `npm run bench`: measures the component beside what it shows in plain React and Preact, and in the genuine
// Flex UI with the sandbox's stand-ins.

import { parseArgs } from 'node:util';

import { setUp } from '../scripts/setup.mjs';

/** The files of `measurements/`, in the order of the report. */
const NAMES = [
  'size',
  'twin',
  'speed',
  'many',
  'load',
  'churn',
  'cold',
  'instance',
  'boot',
  'idle',
  'held',
  'traffic',
  'arrival',
  'acceptance',
];

const HELP = `Usage: npm run bench -- [--rounds N] [--no-set-up] [--charts] [NAME]...

Measures, prints a table, writes bench/results.json, and from that the charts and bench/results.md. Without
names it measures everything, in at most five minutes on a quiet machine after the set-up. With names, what
the others gave before stays.

  size         what the component weighs
  twin         whether the twins in React and Preact draw what the component does
  speed        mount, update and click, beside the twins
  many         200 instances at once
  load         50 tasks, one of which changes ten times a second
  churn        10,000 mounts and unmounts
  cold         from the import to the button, in a fresh browser context
  instance     from WebAssembly bytes in memory to a working instance
  boot         the start of the Flex UI, with the plugin and without
  idle         the main thread of an idle desktop with ten tasks
  held         from the click to the request for the viewer, with the login key held
  traffic      what presence asks of the network for 1, 10 and 100 tasks
  arrival      from the visitor's arrival to the change of the agent's button
  acceptance   from the visitor's Accept to the request for the viewer
  peers        alone, and never without its name: what Cobrowse.io's agent kit weighs. Downloads it from npm
               into target/peers/ and writes bench/peers.json

  --rounds N    how often a slow time is taken, for its median (default 9)
  --no-set-up   take what is built already
  --charts      measure nothing; write charts and bench/results.md anew from bench/results.json
                and bench/peers.json
  --help        this text

A missed target is told, and is no failure.`;

const { rounds, isSetUp, onlyCharts, onlyPeers, names } = readOptions();
try {
  const isMeasured = !onlyCharts && !onlyPeers;
  if (!isSetUp && isMeasured) await setUp();
  // These need packages that the set-up installs.
  const { report, writePictures } = await import('./report.mjs');
  if (onlyPeers) await (await import('./peers.mjs')).takePeers();
  if (isMeasured) await report(await measureAll(), NAMES);
  await writePictures();
} catch (error) {
  console.error(error.message);
  process.exit(1);
}

async function measureAll() {
  const { openStage } = await import('./stage.mjs');
  const stage = await openStage();
  const results = [];
  try {
    for (const name of names) {
      const { title, columns, measure } = await import(`./measurements/${name}.mjs`);
      const began = Date.now();
      const seconds = () => ((Date.now() - began) / 1000).toFixed(1);
      try {
        const rows = await measure(stage, { rounds });
        console.log(`✓ ${title}: ${seconds()} s`);
        results.push({ name, title, columns, rows });
      } catch (error) {
        // What the others measured is not lost for it.
        process.exitCode = 1;
        console.error(`✗ ${name}, after ${seconds()} s: ${error.message}`);
      }
    }
  } finally {
    await stage.close();
  }
  return results;
}

function readOptions() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        rounds: { type: 'string', default: '9' },
        'no-set-up': { type: 'boolean', default: false },
        charts: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (values.help) {
      console.log(HELP);
      process.exit(0);
    }
    const count = Number(values.rounds);
    if (!Number.isInteger(count) || count < 1 || count > 100) {
      throw new Error(`--rounds takes a number from 1 to 100, not "${values.rounds}".`);
    }
    const onlyPeers = positionals.join() === 'peers';
    const unknown = !onlyPeers && positionals.find((name) => !NAMES.includes(name));
    if (unknown) throw new Error(`There is no measurement "${unknown}".`);
    const wanted = NAMES.filter((name) => positionals.length === 0 || positionals.includes(name));
    return {
      rounds: count,
      isSetUp: values['no-set-up'],
      onlyCharts: values.charts,
      onlyPeers,
      names: wanted,
    };
  } catch (error) {
    console.error(`${error.message}\n\n${HELP}`);
    process.exit(2);
  }
}
