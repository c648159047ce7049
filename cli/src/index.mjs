#!/usr/bin/env node
// The package's command line: `npx flex-glance-cli <command> [options]`.
//
// A command is a module with `summary`, `help`, `options` (those of `util.parseArgs`), `run(values, operands)`,
// perhaps `operands` (what it takes beside options, by name), and perhaps `onFailure(error, args)`.
// Results go to standard output, everything else to standard error. It exits with 0 when the work is
// done, 1 when it failed and 2 when it was not understood; an error's own `exitCode` counts before these.

import { parseArgs } from 'node:util';

import * as deploy from './deploy.mjs';
import * as doctor from './doctor.mjs';
import * as init from './init.mjs';
import * as studio from './studio.mjs';
import * as templateFeature from './template-feature.mjs';
import { UsageError } from './usage-error.mjs';

const COMMANDS = new Map([
  ['deploy', deploy],
  ['doctor', doctor],
  ['init', init],
  ['studio', studio],
  ['template-feature', templateFeature],
]);

const HELP = `Usage: npx flex-glance-cli <command> [options]

Commands:
${[...COMMANDS].map(([name, { summary }]) => `  ${name.padEnd(18)}${summary}`).join('\n')}

npx flex-glance-cli <command> --help tells a command's options.`;

const args = process.argv.slice(2);
try {
  await main(args);
} catch (error) {
  console.error(error.message);
  COMMANDS.get(args[0])?.onFailure?.(error, args);
  process.exitCode = error.exitCode ?? (error instanceof UsageError ? 2 : 1);
}

async function main([name, ...args]) {
  if (name === '--help' || name === '-h') return console.log(HELP);
  if (name === undefined) throw new UsageError(HELP);
  const command = COMMANDS.get(name);
  if (!command) throw new UsageError(`There is no command "${name}".\n\n${HELP}`);

  const hint = `npx flex-glance-cli ${name} --help tells the options.`;
  const { operands = [] } = command;
  let given;
  try {
    const options = { ...command.options, help: { type: 'boolean', short: 'h' } };
    given = parseArgs({ args, options, allowPositionals: operands.length > 0 });
  } catch (error) {
    // Node's message goes on with advice for programmers.
    const [what] = error.message.split(/\.?(?:\s*\n|\. |$)/);
    throw new UsageError(`${what}.\n${hint}`);
  }
  const { values, positionals } = given;
  if (values.help) return console.log(command.help);
  try {
    const surplus = positionals[operands.length];
    if (surplus !== undefined) throw new UsageError(`"${surplus}" is one word too many.`);
    await command.run(values, positionals);
  } catch (error) {
    if (error instanceof UsageError) error.message += `\n${hint}`;
    throw error;
  }
}
