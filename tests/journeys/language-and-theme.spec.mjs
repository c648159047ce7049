import { expect, OWN_FLEX, test } from './fixtures.mjs';
import { mainName, text } from './texts.mjs';

// What a page may do to every element, and what it may make every element inherit.
const HOSTILE = `
  button, section, input, form, p, span, svg { display: none !important }
  body { letter-spacing: 9px; text-transform: uppercase; font: 40px serif; color: red; zoom: 1 }
  [data-look], .row, .status, .card, .label { opacity: 0 !important }
`;

test.describe('Language', OWN_FLEX, () => {
  const spanish = (name, values) => text(name, values, 'es');

  test('Flex in Spanish makes the component Spanish, and the plugin’s own words win', async ({
    agent,
  }) => {
    await agent.control.task('Alice', { glance_visitor_id: 'alice-1' });
    await agent.control.task('Bob');
    agent.language = 'es';
    await agent.start({
      flex_config: { language: 'es-ES' },
      settings: { strings: { dismiss: 'Entendido', close_viewer: '' } },
    });
    await agent.select('Bob');
    await expect(agent.header.status).toHaveText(spanish('no_visitor'));
    await agent.button.click();
    await agent.header.keyForm.field.fill('a b/c');
    await agent.header.keyForm.join.click();
    await expect(agent.header.alert).toHaveText(spanish('key_character', { character: '/' }));
    await agent.page.keyboard.press('Escape');

    await agent.select('Alice');
    await agent.control.scenario({ function: 'down' });
    await agent.button.click();
    await expect(agent.header.alert).toContainText(spanish('failed_network'));
    await expect(agent.header.message.buttons).toHaveText([
      spanish('try_again'),
      spanish('sign_in'),
      'Entendido',
    ]);
    await agent.control.scenario({ function: 'none' });
    await agent.header.message.button('try_again').click();
    await expect(agent.header.status).toHaveText(spanish('viewer_open'));
    await expect(agent.button).toHaveAccessibleName(mainName('bring_to_front', 'es'));
    await expect(agent.header.button('close_viewer')).toBeVisible();
    await expect(agent.page.getByTitle(spanish('frame_title'))).toBeVisible();
  });
});

test.describe('Theme', OWN_FLEX, () => {
  for (const isLight of [true, false]) {
    test(`Flex’s own tokens colour the component, ${isLight ? 'light' : 'dark'}, and follow changes`, async ({
      agent,
    }) => {
      const tokens = {
        backgroundColors: { colorBackgroundPrimary: 'rgb(122, 15, 92)' },
        fonts: { fontFamilyText: 'Courier' },
      };
      await agent.control.task('Alice', { glance_visitor_id: 'alice-1' });
      await agent.start({ flex_config: { theme: { isLight, tokens } }, settings: { puid: null } });
      await agent.select('Alice');
      await expect(agent.button).toHaveCSS('background-color', 'rgb(122, 15, 92)');
      await expect(agent.button).toHaveCSS('font-family', 'Courier');
      const keyForm = agent.header.keyForm.root;
      await agent.header.button('have_key').click();
      const before = await lightness(keyForm);
      expect(before > 0.5, 'light').toBe(isLight);

      await agent.page.evaluate(changeTheme, {
        isLight: !isLight,
        tokens: { backgroundColors: { colorBackgroundPrimary: 'rgb(10, 80, 20)' } },
      });
      await expect(agent.button).toHaveCSS('background-color', 'rgb(10, 80, 20)');
      await expect.poll(async () => (await lightness(keyForm)) > 0.5).toBe(!isLight);
      await expect(agent.button).toBeVisible();
    });
  }

  test('the page’s styles stay out of the component, and the component’s out of the page', async ({
    agent,
  }) => {
    await agent.control.task('Alice', { glance_visitor_id: 'alice-1' });
    await agent.start({ plugin: 'forms', settings: { form: 'header' } });
    const before = await flexStyles(agent);
    await agent.select('Alice');
    await expect(agent.button).toBeVisible();
    expect(await flexStyles(agent)).toEqual(before);

    const own = agent.header.buttons;
    const plain = await own.evaluateAll(looks);
    await agent.page.addStyleTag({ content: HOSTILE });
    await expect(agent.page.getByRole('button', { name: 'End', exact: true })).toBeHidden();
    await expect(own).toHaveCount(plain.length);
    await agent.page.mouse.move(0, 0);
    await expect.poll(() => own.evaluateAll(looks)).toEqual(plain);
    await agent.button.click();
    await expect(agent.header.status).toHaveText(text('viewer_open'));
    await expect(agent.header.status).toBeVisible();
  });
});

/** In the page: what an administrator's change of the theme does. */
function changeTheme(theme) {
  window.Twilio.Flex.Manager.getInstance().updateConfig({ theme });
}

/** How light an element's background is, from 0 to 1. */
async function lightness(element) {
  const color = await element.evaluate((node) => getComputedStyle(node).backgroundColor);
  const [red, green, blue] = color.match(/\d+/g).map(Number);
  return (red + green + blue) / (3 * 255);
}

/** In the page: size and computed style of elements, which a mouse over them would change. */
function looks(elements) {
  return elements.map((element) => {
    const { color, display, fontFamily, fontSize, letterSpacing, opacity, textTransform } =
      getComputedStyle(element);
    const { width, height } = element.getBoundingClientRect();
    const words = { color, display, fontFamily, fontSize, letterSpacing, opacity, textTransform };
    return { ...words, width, height };
  });
}

/** The computed style of Flex's own buttons above the tasks, and how many stylesheets there are. */
function flexStyles(agent) {
  return agent.page.evaluate(() => {
    const buttons = [...document.querySelectorAll('[role=banner] button, header button')];
    if (buttons.length === 0) throw new Error('There is no button to compare.');
    const styles = buttons.map((button) => {
      const style = getComputedStyle(button);
      return Object.fromEntries([...style].map((name) => [name, style.getPropertyValue(name)]));
    });
    const changing = ['width', 'inline-size', 'perspective-origin', 'transform-origin'];
    styles.forEach((style) => changing.forEach((name) => delete style[name]));
    return { styles, adopted: document.adoptedStyleSheets.length };
  });
}
