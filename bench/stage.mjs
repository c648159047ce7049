// What is measured on: a sandbox and one browser, with an agent and a visitor in contexts of their own.

import { chromium, expect as patient } from '@playwright/test';

import { Agent } from '../tests/journeys/fixtures.mjs';
import { startSandbox } from '../tests/journeys/sandbox.mjs';
import { Visitor } from '../tests/journeys/visitor.mjs';
import config from '../tests/playwright.config.mjs';
import { serve } from './server.mjs';

const { launchOptions, viewport } = config.use;

/** Waits longer than a journey does, since a busy machine is no failure here. */
export const expect = patient.configure({ timeout: 60_000 });

/** Starts the sandbox and the browser. */
export async function openStage() {
  if (!launchOptions.executablePath) {
    throw new Error(
      'Chromium is missing: install it, or set CHROMIUM_PATH to a Chromium or Chrome.',
    );
  }
  const sandbox = await startSandbox();
  const bench = await serve();
  const browser = await chromium.launch(launchOptions).catch(async (error) => {
    await sandbox.stop();
    await bench.close();
    throw error;
  });
  return {
    browser,
    bench,
    origins: sandbox.origins,
    control: sandbox.control,

    /** A browser profile of its own. */
    context: (options) => newContext(browser, { viewport, ...options }),

    /** An agent who has not opened the desktop yet: `start` does. */
    async agent(options) {
      return new Agent(sandbox, await newContext(browser, { viewport, ...options }));
    },

    /** A visitor on the shop's first page, known to nobody. */
    async visitor(options) {
      const context = await newContext(browser, options);
      const visitor = new Visitor(sandbox.origins, await context.newPage());
      await visitor.open('/');
      return visitor;
    },

    async close() {
      await browser.close();
      await sandbox.stop();
      await bench.close();
    },
  };
}

/** `simulated`: its pages' time goes on with the machine's, and can be put forward. */
async function newContext(browser, { simulated = false, ...options } = {}) {
  const context = await browser.newContext(options);
  if (simulated) await context.clock.install();
  return context;
}

/** What the component in the task's header says of the visitor. */
export function status(agent) {
  return agent.header.status;
}

/** The status of a visitor who is there, with or without the page. */
export const HERE = /^(Customer o|O)n the site/;

export const AWAY = 'Customer not on the site';
