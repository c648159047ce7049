// Fetches the genuine chat clients of sites, for the sandbox's shop and the visitor's tests.

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';

import { run } from './run.mjs';

/** Where the classic script of Flex WebChat is put, relative to the project's folder. */
export const WEBCHAT = 'sandbox/dist/flex-webchat.js';

/** Where the client of Twilio's self-hosted Webchat React app is put. */
export const WEBCHAT_APP_CLIENT = 'sandbox/dist/webchat-app-conversations.js';

// Packed without their dependencies, which the browser files hold.
const PACKAGES = [
  {
    name: '@twilio/flex-webchat-ui@2.9.4',
    file: 'bundle/twilio-flex-webchat.prod.browser.js',
    // The integrity token that Twilio publishes for this version on its CDN: npm has the same file.
    sha512:
      'dTCuWmpLM5hU93AkDjgZjRGT0dKNwJZgriDAVq6ToVtdr3SBFByDMqlRxg7BuXAuv2sgNcWZdUGt5mWjHK3x1A==',
    target: WEBCHAT,
  },
  {
    // The version that twilio/twilio-webchat-react-app has in its package.json.
    name: '@twilio/conversations@2.1.0-rc.0',
    file: 'builds/twilio-conversations.min.js',
    sha512:
      'lTIy/CWOcY643olYKX35zFsrsx25Y87vOizDVe0P4PwN7dYBgUQDWJ+ZEPOP+IGQbWqyHlAdp5pQLvL+6r/AcA==',
    target: WEBCHAT_APP_CLIENT,
  },
];

/**
 * Fetches the browser files of the chat clients.
 * @param {string} root The project's folder.
 * @returns {Promise<boolean>} Whether one had to be fetched.
 * @throws {Error} If a file is not, byte for byte, the one that is meant.
 */
export async function fetchWebchat(root) {
  const fetched = [];
  for (const wanted of PACKAGES) fetched.push(await fetchPackage(root, wanted));
  return fetched.includes(true);
}

async function fetchPackage(root, { name, file, sha512: expected, target }) {
  const to = path.join(root, target);
  if (existsSync(to) && (await sha512(to)) === expected) return false;
  const folder = path.join(root, 'target', path.basename(target, '.js'));
  await mkdir(folder, { recursive: true });
  const packed = await run('npm', ['pack', name, '--json', '--pack-destination', folder], {
    cwd: root,
  });
  const [{ filename }] = Object.values(JSON.parse(packed));
  await run('tar', ['-xzf', path.join(folder, filename), '-C', folder]);
  const from = path.join(folder, 'package', file);
  if ((await sha512(from)) !== expected) {
    throw new Error(`${name}: its browser file is not the one that Twilio published. Not used.`);
  }
  await mkdir(path.dirname(to), { recursive: true });
  await copyFile(from, to);
  return true;
}

async function sha512(file) {
  return createHash('sha512')
    .update(await readFile(file))
    .digest('base64');
}
