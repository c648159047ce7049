// The bodies that Twilio's APIs take: forms, JSON, and an upload in parts. Pure.

import { randomUUID } from 'node:crypto';

/**
 * @typedef {{name: string, value: string} | {name: string, filename: string, type: string, content: Buffer}} Part
 *
 * @param {{form?: Record<string, unknown>, json?: unknown, parts?: Part[]}} request
 * @returns {{type?: string, body?: string | Buffer}}
 */
export function bodyOf({ form, json, parts }) {
  if (form)
    return {
      type: 'application/x-www-form-urlencoded',
      body: String(new URLSearchParams(pairsOf(form))),
    };
  if (json) return { type: 'application/json', body: JSON.stringify(json) };
  return parts ? multipart(parts) : {};
}

/**
 * A form as it is sent: a list is its name again for each entry, an object is JSON.
 * @returns {[name: string, value: string][]}
 */
export function pairsOf(form) {
  return Object.entries(form).flatMap(([name, value]) =>
    [value]
      .flat()
      .map((one) => [name, typeof one === 'object' ? JSON.stringify(one) : String(one)]),
  );
}

function multipart(parts) {
  const boundary = `flex-glance-${randomUUID()}`;
  const chunks = parts.flatMap(({ name, value, filename, type, content }) => [
    `--${boundary}\r\nContent-Disposition: form-data; name="${name}"`,
    content ? `; filename="${filename}"\r\nContent-Type: ${type}` : '',
    '\r\n\r\n',
    content ?? value,
    '\r\n',
  ]);
  return {
    type: `multipart/form-data; boundary=${boundary}`,
    body: Buffer.concat([...chunks, `--${boundary}--\r\n`].map((chunk) => Buffer.from(chunk))),
  };
}
