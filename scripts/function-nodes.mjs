// The login-key Function on every Node.js that its documents name, for `npm test -- function`.

import path from 'node:path';

import { run } from './run.mjs';
import { step } from './setup.mjs';
import { makeFrom } from './stamp.mjs';

const FOLDER = 'tests/function/node';

// Twilio's default first: https://www.twilio.com/en-us/changelog/node-js-v24-is-now-available-for-twilio-functions
const VERSIONS = ['node-22', 'node-24', 'node-20', 'node-18'];

// These load the Function into their own process, so that Node.js runs them as they are.
const OWN_PROCESS = ['settings', 'identity', 'sign'];

// These start `twilio-run`, in that Node.js, and drive it from here: the test runner of Node.js 18.17
// runs no `after` while a process of the tests is alive.
const IN_TWILIO_RUN = ['hostile', 'iam'];

/**
 * Runs what asks the Function and Twilio's token validator, once for each version.
 * @param {string} root The project's folder.
 * @returns {Promise<string[]>} What could not be run here, and why.
 */
export async function functionOnEachNode(root) {
  const platform = `${process.platform} ${process.arch}`;
  if (platform !== 'linux x64') {
    return [
      `the Function on Node.js 18.17, 20, 22 and 24 (they are installed on linux x64, not ${platform})`,
    ];
  }
  await step('Installing the versions of Node.js for the Function', () =>
    makeFrom(root, `${FOLDER}/node_modules`, [`${FOLDER}/package-lock.json`], () =>
      run('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts'], {
        cwd: path.join(root, FOLDER),
      }),
    ),
  );
  // Each waits for processes that it starts.
  await Promise.all(VERSIONS.map((name) => functionOn(root, name)));
  return [];
}

function majorOf(version) {
  return version.split('.')[0];
}

async function functionOn(root, name) {
  const node = path.join(root, FOLDER, 'node_modules', name, 'bin', 'node');
  const version = (await run(node, ['--version'])).trim();
  // All tests of the Function run in the one that runs this.
  if (majorOf(version) === majorOf(process.version)) return;
  const files = (names) => names.map((test) => `tests/function/${test}.test.mjs`);
  await step(`The Function on Node.js ${version}`, () =>
    Promise.all([
      ...files(OWN_PROCESS).map((file) => run(node, [file], { cwd: root })),
      run(process.execPath, ['--test', '--test-concurrency=4', ...files(IN_TWILIO_RUN)], {
        cwd: root,
        env: { FUNCTION_NODE: node, FUNCTION_NODE_VERSION: version },
      }),
    ]),
  );
}
