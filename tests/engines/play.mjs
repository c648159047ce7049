// Plays every story in one engine, in one start of Flex.

import { after, before, describe, test } from 'node:test';

import { startSandbox } from '../journeys/sandbox.mjs';
import { Agent } from './agent.mjs';
import * as blocked from './stories/blocked.mjs';
import * as panel from './stories/panel.mjs';
import * as presence from './stories/presence.mjs';
import * as tabs from './stories/tabs.mjs';
import * as tasks from './stories/tasks.mjs';
import * as trap from './stories/trap.mjs';
import * as typedKey from './stories/typed-key.mjs';
import { note } from './table.mjs';

/** Each exports stories: a function that plays one, under the sentence that it is called by. */
const STORIES = [tabs, panel, blocked, typedKey, tasks, presence];

/** Needs a Flex of its own. */
const LAST = [trap];

/** @param {{launch(): Promise<object>, name: string}} Engine */
export function playAll(Engine) {
  describe(Engine.name, () => {
    const played = [];
    let agent;
    let browser;
    let sandbox;

    before(async () => {
      [browser, sandbox] = await Promise.all([Engine.launch(), startSandbox()]);
      agent = new Agent(browser, sandbox);
    });

    after(async () => {
      if (browser) await note(Engine.name, browser.name, played);
      await browser?.close();
      await sandbox?.stop();
    });

    for (const [plugin, files] of [
      ['forms', STORIES],
      ['trap', LAST],
    ]) {
      test(`Flex starts with the plugin “${plugin}”`, () => agent.boot(plugin));
      for (const [title, play] of files.flatMap(({ stories }) => Object.entries(stories))) {
        test(title, async () => {
          try {
            await play(agent);
          } catch (error) {
            // The next story begins afresh all the same; what failed here is this one.
            await agent.clear().catch(() => {});
            throw error;
          }
          await agent.clear();
          played.push(title);
        });
      }
    }
  });
}
