// The member of Flex's configuration that is ours, among all that is others'. Pure.

import schema from '../../../settings.schema.json' with { type: 'json' };
import { FEATURE } from './names.mjs';

/** A name that somebody gives a secret: the one of `src/js/configuration.js`, which refuses it. */
const SECRET = /key|token|secret|pass|credential|auth|sid$/i;

/** @returns {Record<string, any>} Our settings; empty if there are none. */
export function settingsIn(uiAttributes) {
  const found = objectOf(objectOf(objectOf(uiAttributes).custom_data).features)[FEATURE];
  return objectOf(found);
}

/** Names among our settings that look like those of secrets. */
export function secretsIn(settings) {
  return Object.keys(settings).filter((name) => !(name in schema.properties) && SECRET.test(name));
}

/** @returns {Record<string, any>} Settings as they may be printed. */
export function shownSettings(settings) {
  const hidden = secretsIn(settings).map((name) => [name, '(looks like a secret, not shown)']);
  return { ...settings, ...Object.fromEntries(hidden) };
}

/**
 * @param {any} uiAttributes
 * @param {Record<string, any>} settings What the member has to be; without any it goes.
 * @returns {any} All of `ui_attributes`, with nothing else changed.
 */
export function withSettings(uiAttributes, settings) {
  const data = objectOf(objectOf(uiAttributes).custom_data);
  const isEmpty = Object.keys(settings).length === 0;
  const features = isEmpty
    ? withoutOurs(data.features)
    : { ...objectOf(data.features), [FEATURE]: settings };
  return { ...objectOf(uiAttributes), custom_data: { ...data, features } };
}

/** `ui_attributes` without what is ours, to be compared. */
export function foreignOf(uiAttributes) {
  const { custom_data, ...others } = objectOf(uiAttributes);
  const { features, ...data } = objectOf(custom_data);
  return canonical({ ...others, custom_data: { ...data, features: withoutOurs(features) } });
}

function withoutOurs(features) {
  return Object.fromEntries(
    Object.entries(objectOf(features)).filter(([name]) => name !== FEATURE),
  );
}

/** Where deploy would have to replace what somebody put there, and does not. */
export function problemOf(uiAttributes) {
  const { features } = objectOf(objectOf(uiAttributes).custom_data);
  const places = [
    ['ui_attributes', uiAttributes],
    ['ui_attributes.custom_data', objectOf(uiAttributes).custom_data],
    ['ui_attributes.custom_data.features', features],
    [`ui_attributes.custom_data.features.${FEATURE}`, objectOf(features)[FEATURE]],
  ];
  const wrong = places.find(
    ([, value]) => value !== undefined && value !== null && !isObject(value),
  );
  return wrong && `${wrong[0]} of Flex's configuration is no object. Put that right first.`;
}

/** Whether two values of a setting come to the same: the component takes texts for numbers, and for true and false. */
export function isSame(a, b) {
  if (isNothing(a) || isNothing(b)) return isNothing(a) && isNothing(b);
  if (typeof a === 'object' || typeof b === 'object') return canonical(a) === canonical(b);
  return String(a).trim() === String(b).trim();
}

/** JSON in which the order of members does not count. */
export function canonical(value) {
  return JSON.stringify(value, (_, it) =>
    isObject(it) ? Object.fromEntries(Object.entries(it).sort(([a], [b]) => (a < b ? -1 : 1))) : it,
  );
}

function isNothing(value) {
  return value === undefined || value === null;
}

function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function objectOf(value) {
  return isObject(value) ? value : {};
}
