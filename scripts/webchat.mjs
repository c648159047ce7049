// Fetches the genuine Flex WebChat, for the sandbox's shop and the visitor's tests.

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';

import { run } from './run.mjs';

const VERSION = '2.9.4';

/** The integrity token that Twilio publishes for this version on its CDN: npm has the same file. */
const SHA512 =
  'dTCuWmpLM5hU93AkDjgZjRGT0dKNwJZgriDAVq6ToVtdr3SBFByDMqlRxg7BuXAuv2sgNcWZdUGt5mWjHK3x1A==';

/** Where the classic script is put, relative to the project's folder. */
export const WEBCHAT = 'sandbox/dist/flex-webchat.js';

/**
 * Packs `@twilio/flex-webchat-ui` without its 246 dependencies, which its browser file holds.
 * @param {string} root The project's folder.
 * @returns {Promise<boolean>} Whether it had to be fetched.
 * @throws {Error} If the file is not, byte for byte, the one that Twilio published.
 */
export async function fetchWebchat(root) {
  const target = path.join(root, WEBCHAT);
  if (existsSync(target) && (await sha512(target)) === SHA512) return false;
  const folder = path.join(root, 'target', 'webchat');
  await mkdir(folder, { recursive: true });
  const name = `@twilio/flex-webchat-ui@${VERSION}`;
  const packed = await run('npm', ['pack', name, '--json', '--pack-destination', folder], {
    cwd: root,
  });
  const [{ filename }] = Object.values(JSON.parse(packed));
  await run('tar', ['-xzf', path.join(folder, filename), '-C', folder]);
  const file = path.join(folder, 'package', 'bundle', 'twilio-flex-webchat.prod.browser.js');
  if ((await sha512(file)) !== SHA512) {
    throw new Error(`${name}: its browser file is not the one that Twilio published. Not used.`);
  }
  await mkdir(path.dirname(target), { recursive: true });
  await copyFile(file, target);
  return true;
}

async function sha512(file) {
  return createHash('sha512')
    .update(await readFile(file))
    .digest('base64');
}
