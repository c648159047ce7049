// `flex-glance studio`: one of the flows in `www/studio/`, with an account's own SIDs filled in.

import { writeFileSync } from 'node:fs';

import conversations from '../../www/studio/conversations.json' with { type: 'json' };
import flexWebchat from '../../www/studio/flex-webchat.json' with { type: 'json' };
import visitorId from '../../www/studio/visitor-id.json' with { type: 'json' };
import { UsageError } from './usage-error.mjs';

const FLOWS = {
  'visitor-id': {
    flow: visitorId,
    what:
      'Webchat 3 and other Conversations: the visitor ID that the page made, or else\n' +
      '                  the conversation SID (the default)',
  },
  conversations: {
    flow: conversations,
    what: 'Conversations whose page knows the conversation SID',
  },
  'flex-webchat': {
    flow: flexWebchat,
    what: 'Flex WebChat 2.x (legacy, Programmable Chat): the chat channel SID',
  },
};

const SIDS = {
  workflow: {
    prefix: 'WW',
    where: 'Console: TaskRouter, your Flex workspace, Workflows',
  },
  channel: {
    prefix: 'TC',
    where: 'Console: TaskRouter, your Flex workspace, Task Channels',
  },
};

export const summary = 'makes a Studio flow that tells Flex who the Glance visitor is';

export const help = `Usage: npx flex-glance-cli studio --workflow WW… --channel TC… [--flow NAME] [--out FILE]

Prints a Studio flow, ready to import, that sets the task attribute glance_visitor_id.

  --workflow SID  the TaskRouter workflow that routes the chats
                  (${SIDS.workflow.where})
  --channel SID   the task channel of the chats, usually the one whose unique name is "chat"
                  (${SIDS.channel.where})
  --flow NAME     which flow:
${Object.entries(FLOWS)
  .map(([name, { what }]) => `    ${name.padEnd(14)}${what}`)
  .join('\n')}
  --out FILE      writes the flow to FILE, over what is there, instead of printing it
  --help          this text

How to import it: docs/studio.md of the package flex-glance.`;

export const options = {
  workflow: { type: 'string' },
  channel: { type: 'string' },
  flow: { type: 'string', default: 'visitor-id' },
  out: { type: 'string' },
};

/**
 * @param {{workflow?: string, channel?: string, flow: string, out?: string}} values
 * @throws {UsageError} For an option that is missing or wrong.
 * @throws {Error} If the file cannot be written.
 */
export function run({ workflow, channel, flow, out }) {
  if (!Object.hasOwn(FLOWS, flow)) {
    throw new UsageError(`--flow: there is no "${flow}". Use ${Object.keys(FLOWS).join(', ')}.`);
  }
  const sids = { workflow: sid('workflow', workflow), channel: sid('channel', channel) };
  if (out === '') throw new UsageError('--out is empty. Name a file, or leave the option out.');

  const text = `${JSON.stringify(fill(flow, sids), null, 2)}\n`;
  if (out === undefined) {
    process.stdout.write(text);
    return;
  }
  try {
    writeFileSync(out, text);
  } catch (error) {
    throw new Error(
      `--out: ${out} cannot be written (${error.code}). Name a file in a folder that exists and is yours.`,
      { cause: error },
    );
  }
  console.error(
    `Wrote the flow "${flow}" to ${out}. How to import it: docs/studio.md of the package flex-glance.`,
  );
}

function sid(option, value) {
  const { prefix, where } = SIDS[option];
  const is = `${prefix} and 32 hexadecimal digits (${where})`;
  if (value === undefined) throw new UsageError(`--${option} is missing. Give its SID: ${is}.`);
  if (!new RegExp(`^${prefix}[0-9a-fA-F]{32}$`).test(value)) {
    throw new UsageError(`--${option}: "${value}" is not its SID. It takes ${is}.`);
  }
  return value;
}

function fill(name, sids) {
  const flow = structuredClone(FLOWS[name].flow);
  for (const widget of flow.states) {
    if (widget.type === 'send-to-flex') Object.assign(widget.properties, sids);
  }
  return flow;
}
