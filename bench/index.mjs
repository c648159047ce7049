// `npm run bench`: measures the component in the genuine Flex UI, with the sandbox's stand-ins.

import { parseArgs } from 'node:util';

import { setUp } from '../scripts/setup.mjs';

/** The files of `measurements/`, in the order of the report. */
const NAMES = [
  'size',
  'twin',
  'speed',
  'many',
  'cold',
  'instance',
  'boot',
  'idle',
  'held',
  'traffic',
  'arrival',
  'acceptance',
];

const HELP = `Usage: npm run bench -- [--rounds N] [--no-set-up] [${NAMES.join('] [')}]

Measures, prints a table and writes bench/results.json. Without names it measures everything, in at
most five minutes after the set-up.

  traffic      what presence asks of the network for 1, 10 and 100 tasks
  arrival      from the visitor's arrival to the change of the agent's button
  acceptance   from the visitor's Accept to the request for the viewer

  --rounds N    how often a time is taken, for its median (default 9)
  --no-set-up   take what is built already
  --help        this text

A missed target is told, and is no failure.`;

const { rounds, isSetUp, names } = readOptions();
try {
  if (!isSetUp) await setUp();
  // These need packages that the set-up installs.
  const { openStage } = await import('./stage.mjs');
  const { report } = await import('./report.mjs');
  const stage = await openStage();
  const results = [];
  try {
    for (const name of names) {
      const { title, columns, measure } = await import(`./measurements/${name}.mjs`);
      console.log(`… ${title}`);
      results.push({ name, title, columns, rows: await measure(stage, { rounds }) });
    }
  } finally {
    await stage.close();
  }
  await report(results, NAMES);
} catch (error) {
  console.error(error.message);
  process.exit(1);
}

function readOptions() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        rounds: { type: 'string', default: '9' },
        'no-set-up': { type: 'boolean', default: false },
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
    const unknown = positionals.find((name) => !NAMES.includes(name));
    if (unknown) throw new Error(`There is no measurement "${unknown}".`);
    const wanted = NAMES.filter((name) => positionals.length === 0 || positionals.includes(name));
    return { rounds: count, isSetUp: values['no-set-up'], names: wanted };
  } catch (error) {
    console.error(`${error.message}\n\n${HELP}`);
    process.exit(2);
  }
}
