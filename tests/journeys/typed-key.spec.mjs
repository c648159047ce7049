import { expect, test } from './fixtures.mjs';
import { text } from './texts.mjs';
import { expectReady, expectWaiting, frame, opened, parameters, watchViewers } from './viewers.mjs';

class KeyForm {
  constructor(agent) {
    this.agent = agent;
    const { root, field, join, alert } = agent.header.keyForm;
    Object.assign(this, { form: root, field, join, alert });
  }

  async submit(text) {
    if (!(await this.form.isVisible())) {
      await this.agent.header.button('have_key').click();
    }
    await expect(this.field).toBeFocused();
    await this.field.fill(text);
    await this.join.click();
  }

  /** Expects the key to be refused by this rule, announced, and selected to be typed over. */
  async expectRefused(text, rule) {
    await expect(this.alert).toHaveText(rule);
    await expect(this.field).toHaveAttribute('aria-invalid', 'true');
    await expect(this.field).toHaveAccessibleDescription(rule);
    await expect(this.field).toBeFocused();
    await expect(this.field).toHaveValue(text);
    const selected = await this.field.evaluate(({ value, selectionStart, selectionEnd }) =>
      value.slice(selectionStart, selectionEnd),
    );
    expect(selected).toBe(text);
  }
}

test.describe('A key that the customer reads out', () => {
  test('a call without a visitor is joined by its key, however it is typed', async ({ agent }) => {
    await agent.control.task('Carl', {}, 'call');
    await agent.start();
    const viewers = watchViewers(agent);
    await agent.select('Carl');
    await expect(agent.header.status).toContainText(text('no_visitor'));
    const key = new KeyForm(agent);
    await expect(key.form).toBeHidden();
    await agent.button.click();
    await expect(key.form).toBeVisible();

    // Refused keys.
    const allowed = (character) => text('key_character', { character });
    await key.submit('');
    await key.expectRefused('', text('key_empty'));
    await key.submit('12&34');
    await key.expectRefused('12&34', allowed('&'));
    await key.submit('schlüssel');
    await key.expectRefused('schlüssel', allowed('ü'));
    await key.submit('x'.repeat(63));
    await key.expectRefused('x'.repeat(63), text('key_too_long', { length: 63 }));
    expect(viewers).toHaveLength(0);

    // Taken keys: groups of digits lose their dashes, others keep them.
    for (const [typed, sent] of [
      ['12 34-56', '123456'],
      [' ab-cd 12 ', 'ab-cd12'],
    ]) {
      await key.submit(typed);
      await expect(key.form).toBeHidden();
      await expectWaiting(agent.viewerFrame(sent), sent);
      expect(parameters(viewers.at(-1).url()).SessionKey).toBe(sent);
      await agent.header.button('close_viewer').click();
      await expect(frame(agent, sent)).toHaveCount(0);
    }

    // The refusal is gone with the key that caused it.
    await agent.button.click();
    await expect(key.field).toHaveValue('');
    await expect(key.field).not.toHaveAttribute('aria-invalid');
    await expect(key.alert).toHaveCount(0);
    expect(viewers).toHaveLength(2);
    expect(agent.errors).toEqual([]);
  });

  test('it goes before the task’s own, and into a tab as well', async ({ agent }) => {
    await agent.control.task('Alice', { glance_visitor_id: 'alice-1' });
    await agent.start({ settings: { openlocation: 'tab' } });
    const viewers = watchViewers(agent);
    await agent.select('Alice');
    const key = new KeyForm(agent);
    const tab = await opened(agent, () => key.submit('98-76'));
    await expectWaiting(tab, '9876');
    const closed = tab.waitForEvent('close');
    await agent.header.button('close_viewer').click();
    await closed;

    // The next click is for the task's own visitor again.
    await expectReady(agent);
    const own = await opened(agent, () => agent.button.click());
    await expectWaiting(own, 'alice-1');
    expect(viewers).toHaveLength(2);
    expect(agent.errors).toEqual([]);
  });
});

test.describe('Keys typed into the form', () => {
  test('reach no handler of the page, shortcuts do, and Escape and Tab still work', async ({
    agent,
  }) => {
    await agent.control.task('Carl', {}, 'call');
    await agent.start();
    await agent.select('Carl');
    // As Flex's dialpad hears them, which dials them in a call.
    await agent.page.evaluate(() => {
      window.heardKeys = [];
      for (const type of ['keydown', 'keypress', 'keyup']) {
        const note = ({ type, key }) => window.heardKeys.push(`${type} ${key}`);
        window.addEventListener(type, note);
        document.addEventListener(type, note);
      }
    });
    const heard = () => agent.page.evaluate(() => window.heardKeys.splice(0));
    const { keyboard } = agent.page;
    const { root, field, join } = agent.header.keyForm;
    await agent.header.button('have_key').click();
    await expect(field).toBeFocused();
    await keyboard.type('48213');
    await keyboard.press('Backspace');
    await expect(field).toHaveValue('4821');
    expect(await heard()).toEqual([]);

    await keyboard.press('Control+Shift+K');
    expect((await heard()).some((it) => it === 'keydown K')).toBe(true);

    await keyboard.press('Tab');
    await expect(join).toBeFocused();
    await keyboard.press('Shift+Tab');
    await expect(field).toBeFocused();
    await keyboard.press('Escape');
    await expect(root).toBeHidden();
  });
});

test.describe('Visitor ids of odd kinds', () => {
  test('no attribute makes a broken address or an error', async ({ agent }) => {
    const task = await agent.control.task('Alice');
    await agent.start();
    const viewers = watchViewers(agent);
    await agent.select('Alice');
    const status = agent.header.status;
    const key = new KeyForm(agent);
    const not = (character) => text('key_character', { character });

    for (const [id, says] of [
      ['a&b', not('&')],
      ['a#b', not('#')],
      ['100%', not('%')],
      ['a+b', not('+')],
      ['añb', not('ñ')],
      ['😀', not('😀')],
      ['a b', not(' ')],
      ['<img src=x onerror=alert(1)>', not('<')],
      ['a'.repeat(10_000), text('key_too_long', { length: 10_000 })],
      [{ id: 'a' }, text('key_not_text', { given: 'an object' })],
      [['a'], text('key_not_text', { given: 'an array' })],
      [true, text('key_not_text', { given: 'a boolean' })],
      [1.5, text('key_not_text', { given: 'a number' })],
    ]) {
      await agent.control.attributes(task, { name: 'Alice', glance_visitor_id: id });
      const told = text('task_key_wrong', { attribute: 'glance_visitor_id', rule: says });
      await expect(status).toHaveText(told);
      await agent.button.click();
      await expect(key.form).toContainText(told);
      await agent.page.keyboard.press('Escape');
      await expect(key.form).toBeHidden();
    }
    expect(viewers).toHaveLength(0);

    for (const [attributes, sent] of [
      [{ glance_visitor_id: 123456 }, '123456'],
      [{ glance_visitor_id: ' padded ' }, 'padded'],
      [{ glance_visitor_id: 'a-b_c.d~e' }, 'a-b_c.d~e'],
      [{ glance_visitor_id: null, conversationSid: 'CH12' }, 'CH12'],
      [{ glance_visitor_id: '', channelSid: 'CH34' }, 'CH34'],
    ]) {
      await agent.control.attributes(task, { name: 'Alice', ...attributes });
      await expectReady(agent);
      await agent.button.click();
      await expectWaiting(agent.viewerFrame(sent), sent);
      expect(parameters(viewers.at(-1).url()).SessionKey).toBe(sent);
      await agent.header.button('close_viewer').click();
      await expect(frame(agent, sent)).toHaveCount(0);
    }
    expect(viewers).toHaveLength(5);
    expect(agent.errors).toEqual([]);
  });
});
