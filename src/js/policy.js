// @ts-check
/** What is told of a task for the rules of the prop `policy`: what they name, and nothing else. */
import { attempt } from './host/attempt.js';

/** Stands for a value that is there and that no rule compares with anything. */
const THERE = Object.freeze({});

/**
 * The paths of the attributes that these policies name; undefined if there is no policy. Whether a policy can
 * be used is judged elsewhere.
 * @param {any[]} policies
 * @returns {string[] | undefined}
 */
export function pathsOf(policies) {
  const given = policies.filter(Boolean);
  if (given.length === 0) return undefined;
  const paths = given.map((policy) => attempt(() => pathsIn(policy)) || []);
  return Array.from(new Set([].concat(...paths))).sort();
}

function pathsIn({ attributes }) {
  const rules = Array.isArray(attributes) ? attributes : attributes.not;
  return rules.map(({ path }) => path).filter((path) => typeof path === 'string');
}

/**
 * @param {any} task Flex's.
 * @param {string[]} paths
 */
export function factsOf(task, paths) {
  const { queueName, queueSid, taskChannelUniqueName } = task;
  return {
    queues: texts(queueName, queueSid),
    channels: texts(taskChannelUniqueName),
    attributes: paths.reduce(
      (all, path) => Object.assign(all, { [path]: attempt(() => valueAt(task.attributes, path)) }),
      {},
    ),
  };
}

function texts(...given) {
  const told = given.filter((text) => text && typeof text === 'string');
  return told.length > 0 ? told : undefined;
}

function valueAt(attributes, path) {
  const own = (object, name) =>
    Object.prototype.hasOwnProperty.call(object, name) ? object[name] : undefined;
  const value = path.split('.').reduce(own, attributes);
  return /^(string|number|boolean|undefined)$/.test(typeof value) || value === null ? value : THERE;
}
