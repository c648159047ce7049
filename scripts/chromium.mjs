// Which Chromium the tests drive.

import { existsSync } from 'node:fs';

/** The path of Chromium, or undefined. `CHROMIUM_PATH` comes first. */
export function chromiumPath() {
  const places = [
    process.env.CHROMIUM_PATH,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ];
  return places.find((place) => place && existsSync(place));
}
