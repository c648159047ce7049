import { expectNothingFound } from './axe.mjs';
import { expect, OWN_FLEX, test } from './fixtures.mjs';
import { routeTasks, STATES, WALK_SCENARIO } from './states.mjs';
import { text } from './texts.mjs';

const WIDTHS = [1024, 1280, 1400, 1920];

/** Where axe looks at the component within Flex. The page of all states has it look at each by itself. */
const EXAMINED = ['no visitor', 'key refused', 'open in the panel', 'blocked'];

test.describe('Accessibility', () => {
  test(
    'every state has its names and targets, and axe finds nothing in Flex, light and dark',
    OWN_FLEX,
    async ({ agent }) => {
      test.slow();
      const settings = { form: 'header-and-panel' };
      await routeTasks(agent);
      await agent.start({ ...WALK_SCENARIO, plugin: 'forms', settings });
      await expect(agent.panel.root).toBeVisible();
      await expectNothingFound(agent, 'no task');
      for (const [state, reach] of STATES) {
        await reach(agent);
        await expect(agent.header.root, state).toHaveAccessibleName(text('region'));
        await expect(agent.panel.root, state).toHaveAccessibleName(text('region_panel'));
        await expect
          .soft(agent.header.root.getByRole('status'), state)
          .toHaveCount(1, { timeout: 1_000 });
        await expect(agent.button, state).toBeVisible();
        await expectTargetsLargeEnough(agent, state);
        if (EXAMINED.includes(state)) await expectNothingFound(agent, state);
      }
    },
  );

  test('axe finds nothing where props are wrong, light and dark', OWN_FLEX, async ({ agent }) => {
    await routeTasks(agent);
    const settings = { form: 'header', groupid: 'x', authurl: null, hosts: [] };
    await agent.start({ plugin: 'forms', settings });
    await agent.select('Alice');
    await expect(agent.header.alert).toBeVisible();
    await expect(agent.button).toBeVisible();
    await expectNothingFound(agent, 'props wrong');
  });

  test('forced colors hide nothing, and reduced motion stops every animation', async ({
    agent,
  }) => {
    await routeTasks(agent);
    await agent.start({ function: 'slow' });
    await agent.select('Alice');
    await agent.button.click();
    await expect(agent.header.status).toHaveText(text('getting_key'));
    expect(await animations(agent)).toBeGreaterThan(0);

    await agent.page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
    expect(await animations(agent)).toBe(0);
    await expectContrast(agent);
    await agent.control.scenario({ function: 'error' });
    await agent.header.button('cancel').click();
    await agent.button.click();
    await expect(agent.header.alert).toBeVisible();
    await expectContrast(agent);
  });
});

test.describe('The header’s slot', () => {
  test('holds the component at every width and beside long names, within 52 pixels', async ({
    agent,
  }) => {
    test.slow();
    const long = 'Alexandra Konstantinopoulou-Featherstonehaugh';
    await agent.control.task('Alice', { glance_visitor_id: 'alice-1' });
    await agent.control.task(long, { glance_visitor_id: 'alexandra-1' });
    await agent.start();
    for (const name of ['Alice', long]) {
      await agent.select(name);
      await expectFits(agent, `${name}, ready`);
      await agent.button.click();
      await expect(agent.header.status).toHaveText(text('viewer_open'));
      await expectFits(agent, `${name}, viewer open`);
    }
  });
});

/** Findings in the component, not in what Glance serves into its frames. */
async function expectTargetsLargeEnough(agent, state) {
  const targets = agent.page.locator('.flex-glance').locator('button, a, input');
  for (const target of await targets.filter({ visible: true }).all()) {
    const { width, height } = await target.boundingBox();
    const what = `${state}: ${await target.evaluate((element) => element.outerHTML)}`;
    expect.soft(Math.min(width, height), what).toBeGreaterThanOrEqual(24);
  }
}

/** Animations that run inside the header's component. */
function animations(agent) {
  return agent.header.root.evaluate(
    (region) =>
      region.getAnimations({ subtree: true }).filter((a) => a.playState === 'running').length,
  );
}

/** Every button and icon has another color than what it stands on. */
async function expectContrast(agent) {
  for (const button of await agent.header.buttons.all()) {
    const [ink, paper] = await button.evaluate((element) => {
      const icon = element.querySelector('svg') || element;
      let ground = element;
      const paperOf = (node) => getComputedStyle(node).backgroundColor;
      while (paperOf(ground).endsWith(', 0)')) {
        ground = ground.parentElement || ground.getRootNode().host || document.body;
      }
      const { color, stroke } = getComputedStyle(icon);
      return [stroke === 'none' ? color : stroke, paperOf(ground)];
    });
    await expect(button).toBeVisible();
    expect(ink).not.toBe(paper);
  }
}

async function expectFits(agent, state) {
  const header = agent.page.locator('.Twilio-TaskCanvasHeader');
  const soft = expect.configure({ soft: true, timeout: 5_000 });
  for (const width of WIDTHS) {
    await agent.page.setViewportSize({ width, height: 900 });
    const message = `${state}, ${width} wide`;
    await soft.poll(() => header.evaluate(misfits, text('cobrowse')), { message }).toEqual([]);
  }
}

/** In the page: what is wrong with the places of the header's parts. */
async function misfits(header, cobrowse) {
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const found = [];
  const check = (fine, what) => fine || found.push(what);
  const box = (element) => element.getBoundingClientRect();
  const region = header.querySelector('.flex-glance').shadowRoot.querySelector('section');
  const [slot, own] = [box(header), box(region)];
  check(own.height <= 52, 'higher than 52 pixels');
  check(own.top >= slot.top && own.bottom <= slot.bottom, 'above or below the header');

  const name = box(header.querySelector('.Twilio-TaskCanvasHeader-Name'));
  const end = box(header.querySelector('.Twilio-TaskCanvasHeader-default > div:last-child button'));
  check(own.right <= name.left + 0.5, "over the customer's name");
  check(name.width >= 24, "no room for the customer's name");
  check(name.left + name.width <= end.left + 0.5, "the customer's name is under Flex's button");
  check(end.right <= slot.right, "Flex's button is outside");

  for (const part of region.querySelectorAll('button, [role=status], [role=timer]')) {
    const { left, right } = box(part);
    const spills = left < own.left - 0.5 || right > own.right + 0.5;
    check(!part.checkVisibility() || !spills, `spills: ${part.textContent.trim()}`);
  }
  const label = [...region.querySelectorAll('button *')].find((e) => e.textContent === cobrowse);
  const [words, button] = [box(label), box(label.closest('button'))];
  check(words.left >= button.left && words.right <= button.right, '“Cobrowse” is cut');
  return found;
}
