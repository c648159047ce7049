/**
 * Judges a Studio flow: does the task that it makes say who the Glance visitor is?
 *
 * Source: that of `../studio-flow.mjs`; the flows of `www/studio/`.
 */

import { check, quote } from '../finding.mjs';
import { inWords, kind, readFlow } from '../studio-flow.mjs';

const FLOW = check('studio.flow', 'Studio makes the task that the agent gets.');
const WIDGET = check('studio.send_to_flex', 'This widget makes the task.');
const ATTRIBUTE = check(
  'studio.visitor_id',
  'By the task attribute glance_visitor_id the component knows whose page to look for.',
);
const SIDS = check(
  'studio.sids',
  'Without the right workflow and task channel no task comes about.',
);

/** Where a visitor's ID can come from, by the trigger's transition that a chat takes. */
const SOURCES = {
  incomingMessage: ['trigger.message.ChannelSid'],
  incomingConversationMessage: [
    'trigger.conversation.ConversationSid',
    'trigger.conversation.ChannelAttributes.',
  ],
};

const STEP =
  'Add the step as docs/studio.md says ("Add it to a flow you have"), or make a flow with npx flex-glance-cli studio.';

const EXPORT =
  'Export the flow in the Console (Show Flow JSON), or with twilio api:studio:v2:flows:fetch.';

/**
 * @param {string} text The flow's definition, as JSON; or whatever the file holds.
 * @returns {import('../finding.mjs').Finding[]}
 */
export function judgeFlow(text) {
  const flow = readFlow(text);
  if (flow.no) return [FLOW.error(`${flow.no}: it is no Studio flow.`, EXPORT)];
  const told =
    flow.odd.length > 0
      ? FLOW.error(`Of the flow ${inWords(flow.odd)}`, `Studio writes no such thing. ${EXPORT}`)
      : FLOW.ok('It is a Studio flow.');
  const ways = waysToFlex(flow);
  if (ways.length === 0 && flow.odd.length > 0) return [told];
  if (ways.length === 0) {
    return [told, WIDGET.error('No message of a chat leads to a Send to Flex widget.', STEP)];
  }
  const findings = ways.reduce(
    (all, { event, widget, variables }) =>
      all.concat(
        WIDGET.ok(`${quote(widget.name)} makes the task of ${event}.`),
        judgeAttributes(event, widget, variables),
        judgeSids(widget),
      ),
    [told],
  );
  // Several ways to one widget are told once, unless they differ.
  const texts = findings.map(({ check, seen }) => `${check} ${seen}`);
  return findings.filter((_, at) => texts.indexOf(texts[at]) === at);
}

/** More ways through a flow than anybody has drawn. */
const MOST_STEPS = 10_000;

/** Each way of a chat's first message to a Send to Flex widget, with the variables set on it. */
function waysToFlex({ first, widgets }) {
  const byName = new Map(widgets.map((widget) => [widget.name, widget]));
  const ways = [];
  for (const event of Object.keys(SOURCES)) {
    const steps = [{ state: byName.get(nextOf(byName.get(first), event)), variables: {} }];
    const seen = new Set();
    for (let at = 0; at < steps.length && at < MOST_STEPS; at += 1) {
      const { state, variables } = steps[at];
      const place = state && `${state.name} ${JSON.stringify(variables)}`;
      if (!state || seen.has(place)) continue;
      seen.add(place);
      if (state.type === 'send-to-flex') {
        ways.push({ event, widget: state, variables });
        continue;
      }
      const known = state.type === 'set-variables' ? setBy(state, variables) : variables;
      for (const { next } of state.transitions) {
        steps.push({ state: byName.get(next), variables: known });
      }
    }
  }
  return ways;
}

function nextOf(trigger, event) {
  const transitions = trigger ? trigger.transitions : [];
  return (transitions.find((one) => one.event === event) || {}).next;
}

function setBy(widget, variables) {
  const set = Object.assign({}, variables);
  for (const { key, value } of widget.variables) set[key] = value;
  return set;
}

function judgeAttributes(event, { name, properties: { attributes = '' } }, variables) {
  if (typeof attributes !== 'string') {
    return ATTRIBUTE.error(
      `The attributes of ${quote(name)} are ${kind(attributes)}, not a text of JSON.`,
      STEP,
    );
  }
  const member = /"glance_visitor_id"\s*:\s*"?\s*(\{\{(?:[^}]|\}(?!\}))*\}\}|[^,}]*)/.exec(
    attributes,
  );
  if (!member) {
    return ATTRIBUTE.error(`The attributes of ${quote(name)} have no glance_visitor_id.`, STEP);
  }
  const value = member[1].trim();
  const variable = /\{\{-?\s*flow\.variables\.(\w+)/.exec(value);
  if (variable && !Object.hasOwn(variables, variable[1])) {
    return ATTRIBUTE.error(
      `glance_visitor_id of ${quote(name)} is the variable ${quote(variable[1])}, which nothing sets before it.`,
      STEP,
    );
  }
  const expression = variable ? variables[variable[1]] : value;
  const kinds = Object.keys(SOURCES).filter((kind) =>
    SOURCES[kind].some((source) => expression.includes(source)),
  );
  if (kinds.includes(event)) {
    return ATTRIBUTE.ok(`glance_visitor_id is ${quote(expression)}.`);
  }
  if (kinds.length > 0) {
    return ATTRIBUTE.error(
      `glance_visitor_id is ${quote(expression)}, which is empty when ${event} starts the flow.`,
      `Use ${SOURCES[event][0]}: docs/studio.md says which flow goes with which chat.`,
    );
  }
  if (!expression.includes('{{')) {
    return ATTRIBUTE.error(
      `glance_visitor_id is ${quote(expression)}, the same for all visitors.`,
      `Use ${SOURCES[event][0]}, or what your page gives to Glance.`,
    );
  }
  return ATTRIBUTE.unknown(
    `glance_visitor_id is ${quote(expression)}.`,
    "Compare it with what the page gives to Glance as the visitor's ID.",
  );
}

function judgeSids({ name, properties }) {
  const wrong = [
    ['workflow', 'WW', '--workflow'],
    ['channel', 'TC', '--channel'],
  ].filter(([key, prefix]) => !isSid(properties[key], prefix));
  if (wrong.length === 0) return SIDS.ok(`${quote(name)} has a workflow and a task channel.`);
  return SIDS.error(
    `${quote(name)} has no SID as ${wrong.map(([key]) => key).join(' and ')}.`,
    `Make the flow with npx flex-glance-cli studio ${wrong.map(([, prefix, option]) => `${option} ${prefix}…`).join(' ')}.`,
  );
}

/** A SID of zeroes is the place of one. */
function isSid(value, prefix) {
  return (
    typeof value === 'string' &&
    new RegExp(`^${prefix}[0-9a-fA-F]{32}$`).test(value) &&
    !/^..0{32}$/.test(value)
  );
}
