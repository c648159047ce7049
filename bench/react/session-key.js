// The key by which agent and visitor meet.
import { isMissing, typeName } from './config.js';

const MAX_LENGTH = 62;
const ALLOWED = /[A-Za-z0-9_~.-]/;
const BLANK = /[\s\u200b-\u200f\u2060\ufeff]/g;

/** @returns {{key?: string, wrong?: [string, object?]}} `wrong` is a text's name and its values. */
export function parseKey(text) {
  const key = text.trim();
  const wrong = Array.from(key).find((character) => !ALLOWED.test(character));
  if (wrong) return { wrong: ['key_character', { character: wrong }] };
  if (!key) return { wrong: ['key_empty'] };
  if (key.length > MAX_LENGTH) return { wrong: ['key_too_long', { length: key.length }] };
  return { key };
}

/** Reads a key that a person typed: without white space, and without the dashes of `12-34`. */
export function parseTypedKey(text) {
  const key = text.replace(BLANK, '');
  return parseKey(/^[\d-]*$/.test(key) ? key.replace(/-/g, '') : key);
}

/**
 * The session key of the task's visitor.
 * @param {{visitorid: unknown, attributes: object}} task
 * @returns {{key?: string, wrong?: Function}} `wrong` gives the reason in words.
 */
export function taskKey({ visitorid, attributes }) {
  const named = [
    ['visitorid', visitorid],
    ['glance_visitor_id', attributes.glance_visitor_id],
    ['conversationSid', attributes.conversationSid],
    ['channelSid', attributes.channelSid],
  ].find(([, value]) => !isMissing(value));
  if (!named) return { wrong: (t) => t('no_visitor') };
  const [attribute, value] = named;
  const because = (reason) => ({
    wrong: (t) => t('task_key_wrong', { attribute, rule: reason(t) }),
  });
  if (typeof value !== 'string' && !Number.isSafeInteger(value)) {
    return because((t) => t('key_not_text', { given: typeName(value) }));
  }
  const { key, wrong } = parseKey(String(value));
  return wrong ? because((t) => t(...wrong)) : { key };
}
