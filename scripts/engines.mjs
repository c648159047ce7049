// Firefox and WebKit for `npm test -- engines`: where they are, and how they are installed.

import { appendFileSync, existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

import { run } from './run.mjs';

// WebKit does not take names below `localhost` for this machine by itself.
const HOSTS = '/etc/hosts';
const GLANCE = 'glance.localhost';

const firstOf = (places) => places.find((place) => place && existsSync(place));

/** The path of Firefox, or undefined. `FIREFOX_PATH` comes first. */
export function firefoxPath() {
  const { FIREFOX_PATH } = process.env;
  return firstOf([FIREFOX_PATH, '/usr/bin/firefox-esr', '/usr/bin/firefox']);
}

/** The path of WebKitGTK's small browser, or undefined. */
export function miniBrowserPath() {
  const libraries = '/usr/lib';
  const folders = existsSync(libraries) ? readdirSync(libraries) : [];
  return firstOf(
    folders.map((name) => path.join(libraries, name, 'webkit2gtk-4.1', 'MiniBrowser')),
  );
}

/** Each engine's name, its test, Debian's packages, and what is missing. */
export const ENGINES = [
  {
    name: 'Firefox',
    test: 'tests/engines/firefox.test.mjs',
    packages: ['firefox-esr'],
    missing: () => (firefoxPath() ? '' : 'firefox-esr is not installed'),
  },
  {
    name: 'WebKit',
    test: 'tests/engines/webkit.test.mjs',
    packages: ['webkit2gtk-driver', 'xvfb'],
    missing: () =>
      (!miniBrowserPath() && 'webkit2gtk-driver is not installed') ||
      (!existsSync('/usr/bin/Xvfb') && 'xvfb is not installed') ||
      (!knowsGlance() && `${HOSTS} has no line “127.0.0.1 ${GLANCE}”`) ||
      '',
  },
];

/**
 * Installs what is missing, as root on Debian.
 * @returns {Promise<{tests: string[], missing: string[]}>} The test files of the engines that are there,
 *   and why the others are not.
 */
export async function engines() {
  const isRoot = process.getuid?.() === 0;
  // Without them the other engines are played all the same.
  if (isRoot && existsSync('/etc/debian_version')) await install().catch(console.error);
  const missing = ENGINES.filter((engine) => engine.missing());
  return {
    tests: ENGINES.filter((engine) => !missing.includes(engine)).map(({ test }) => test),
    missing: missing.map((engine) => `${engine.name} (${engine.missing()})`),
  };
}

async function install() {
  if (!knowsGlance()) appendFileSync(HOSTS, `127.0.0.1 ${GLANCE}\n`);
  const packages = ENGINES.filter((engine) => engine.missing()).flatMap((it) => it.packages);
  if (packages.length === 0) return;
  await run('apt-get', ['update']);
  await run('apt-get', ['install', '-y', '--no-install-recommends', ...packages]);
}

function knowsGlance() {
  return existsSync(HOSTS) && readFileSync(HOSTS, 'utf8').split(/\s+/).includes(GLANCE);
}
