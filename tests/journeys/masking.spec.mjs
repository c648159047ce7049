// Nothing masked leaves the visitor's page: no word with "canary" in it is ever sent.

import { add, box, check, field, inPage, prepare, step } from './canaries.mjs';
import { expect, test } from './visitor.mjs';

test.describe('The visitor’s page keeps to itself', () => {
  test.beforeEach(async ({ visitor }) => {
    await visitor.open('/account');
    await prepare(visitor.page);
  });

  test('passwords: typed, as an attribute, shown, cleared, cloned, replaced', async ({
    visitor,
    watch,
  }) => {
    const { page } = visitor;
    const password = page.getByLabel('Password', { exact: true });
    await password.fill('canary-before');
    await add(page, field('pw', 'password', 'canary'));
    await add(page, field('text', 'text', 'visible'));
    await add(page, '<input id="becomes" value="visible-at-first">');
    await visitor.startSession();

    await step(visitor, () => password.fill('canary-during'));
    await step(visitor, () => page.getByLabel('Show password').check());
    await step(visitor, () => password.pressSequentially('canary-shown'));
    await step(visitor, () => password.fill(''));
    await step(visitor, () => password.fill('canary-after-clearing'));
    await step(visitor, () => page.getByLabel('Show password').uncheck());
    await step(visitor, () => page.getByLabel('Email').fill('visible@email'));
    await inPage(visitor, ({ get, type }) => {
      // Shown, and changed in each way, all at once and again later.
      get('pw').type = 'text';
      type('pw', 'canary-toggled');
    });
    await inPage(visitor, ({ get, type }) => {
      type('pw', 'canary-toggled-later');
      for (const name of ['value', 'title', 'placeholder', 'aria-label', 'data-x']) {
        get('pw').setAttribute(name, `canary-changed-${name}`);
        get('text').setAttribute(name, `visible-changed-${name}`);
      }
    });
    await inPage(visitor, ({ get, type, main }) => {
      const clone = get('pw').cloneNode(true);
      clone.id = 'clone';
      main.append(clone);
      type('clone', 'canary-cloned');
    });
    await inPage(visitor, ({ get, type }) => {
      get('pw').removeAttribute('data-glance-masked');
      type('pw', 'canary-without-its-mark');
    });
    await inPage(visitor, ({ get, type }) => {
      get('becomes').type = 'password';
      type('becomes', 'canary-has-become');
    });
    await inPage(visitor, ({ get, type }) => {
      get('becomes').type = 'text';
      type('becomes', 'canary-has-become-and-back');
    });
    await inPage(visitor, ({ main }) => {
      // Made outside the document, shown before it comes in.
      const made = document.createElement('input');
      made.type = 'password';
      made.value = 'canary-made-outside';
      made.type = 'text';
      main.append(made);
    });
    await inPage(visitor, ({ type }) => {
      const old = document.querySelector('[name=password]');
      const other = document.createElement('input');
      Object.assign(other, { name: 'password', id: 'other' });
      old.replaceWith(other);
      type('other', 'canary-in-its-place');
    });
    await check(visitor, watch, [
      ...['visible@email', 'visible-value', 'visible-placeholder', 'visible-title'],
      ...['visible-aria-label', 'visible-data', 'visible-at-first', 'visible-changed-value'],
      ...['visible-changed-title', 'visible-changed-placeholder', 'visible-changed-data-x'],
    ]);
  });

  test('everything in an element of the class glance_masked', async ({ visitor, watch }) => {
    const { page } = visitor;
    await add(page, box('masked', 'canary'));
    await add(page, box('open', 'visible'));
    await add(page, `<div>${field('field', 'text', 'canary', 'glance_masked')}</div>`);
    await visitor.startSession();

    for (const [id, word] of Object.entries({ masked: 'canary', open: 'visible' })) {
      await inPage(
        visitor,
        ({ get, type }, [of, say]) => {
          const root = get(of);
          const of$ = (selector) => root.querySelector(selector);
          of$('p').firstChild.data = `${say}-data`;
          of$('b').textContent = `${say}-text-set`;
          of$('p').title = `${say}-title-set`;
          root.setAttribute('aria-label', `${say}-label-set`);
          of$('p').append(`${say}-appended`);
          root.insertAdjacentHTML('beforeend', `<i title="${say}-new-title">${say}-new</i>`);
          of$('select').add(new Option(`${say}-option-new`, `${say}-option-value`));
          of$('select').selectedIndex = 1;
          of$('textarea').textContent = `${say}-textarea-text`;
          type(of$('input'), `${say}-typed`);
          type(of$('textarea'), `${say}-typed-in-textarea`);
        },
        [id, word],
      );
    }
    await inPage(visitor, ({ get, type }) => type(get('field'), 'canary-typed-in-field'));
    await step(visitor, () => page.locator('#masked input').fill('canary-really-typed'));
    await inPage(visitor, ({ get }) => getSelection().selectAllChildren(get('masked')));
    await inPage(visitor, ({ get, main, type }) => {
      // A copy elsewhere, and a part that is taken out.
      main.append(get('masked').cloneNode(true));
      const part = get('masked').querySelector('input');
      part.remove();
      type(part, 'canary-taken-out');
    });
    await check(visitor, watch, [
      ...['visible-text', 'visible-value', 'visible-title', 'visible-placeholder', 'visible-data'],
      ...['visible-aria-label', 'visible-option', 'visible-textarea', 'visible-text-set'],
      ...['visible-title-set', 'visible-label-set', 'visible-appended', 'visible-new-title'],
      ...['visible-option-new', 'visible-typed', 'visible-typed-in-textarea'],
    ]);
  });

  test('what is masked later or comes later, also in shadow roots and frames', async ({
    visitor,
    watch,
  }) => {
    const { page } = visitor;
    await add(page, '<p id="later">visible-until-later <b>visible-inside</b></p>');
    await visitor.startSession();
    // It was to be seen before it was masked.
    await expect.poll(() => visitor.sent.join()).toContain('visible-until-later');
    await inPage(visitor, ({ get }) => {
      get('later').classList.add('glance_masked');
      get('later').querySelector('b').textContent = 'canary-at-once';
    });
    await inPage(visitor, ({ get }) => {
      get('later').querySelector('b').firstChild.data = 'canary-a-moment-later';
      get('later').append('canary-appended');
      get('later').title = 'canary-title';
    });

    await step(visitor, () => add(page, box('new-masked', 'canary')));
    await step(visitor, () => add(page, box('new-open', 'visible')));
    await step(visitor, () => add(page, field('new-pw', 'password', 'canary')));
    await inPage(visitor, ({ main }) => {
      const host = document.createElement('div');
      host.id = 'host';
      main.append(host);
      host.attachShadow({ mode: 'open' }).innerHTML =
        '<input type="password" value="canary-shadow-password">' +
        '<p class="glance_masked">canary-shadow-masked</p><p id="open">visible-shadow</p>';
      const masked = document.createElement('div');
      masked.className = 'glance_masked';
      masked.id = 'masked-host';
      main.append(masked);
      masked.attachShadow({ mode: 'open' }).innerHTML = '<p>canary-masked-host</p><input>';
    });
    await inPage(visitor, ({ get, type }) => {
      const { shadowRoot } = get('host');
      type(shadowRoot.querySelector('input'), 'canary-shadow-typed');
      shadowRoot.querySelector('input').type = 'text';
      type(shadowRoot.querySelector('input'), 'canary-shadow-shown');
      shadowRoot.querySelector('.glance_masked').textContent = 'canary-shadow-changed';
      shadowRoot.getElementById('open').textContent = 'visible-shadow-changed';
      type(get('masked-host').shadowRoot.querySelector('input'), 'canary-masked-host-typed');
      get('masked-host').shadowRoot.append('canary-masked-host-appended');
    });

    const inner = `<p>visible-frame</p><input type=password value=canary-frame-password>
      <p class=glance_masked>canary-frame-masked</p>`;
    await step(visitor, () => add(page, `<iframe id="frame" srcdoc="${inner}"></iframe>`));
    const masked = '<iframe srcdoc="<p>canary-in-masked-frame</p>"></iframe>';
    await step(visitor, () => add(page, `<div class="glance_masked">${masked}</div>`));
    const frame = page.frameLocator('#frame');
    await step(visitor, () => frame.locator('input').fill('canary-frame-typed'));
    await expect.poll(() => visitor.sent.join()).toContain('visible-frame');
    await check(visitor, watch, [
      ...['visible-until-later', 'visible-inside', 'visible-text', 'visible-placeholder'],
      ...['visible-shadow', 'visible-shadow-changed', 'visible-frame'],
    ]);
  });

  test('card, code and customer number of the shop itself', async ({ visitor, watch }) => {
    const { page } = visitor;
    await visitor.startSession();
    await visitor.open('/checkout?name=visible&card=canary-in-the-address');
    const form = page.locator('#checkout');
    await form.getByLabel('Card number').pressSequentially('4000999988887777');
    await expect(form.getByText('We charge the card 4000999988887777.')).toBeVisible();
    await form.getByLabel('Security code').fill('98761');
    await form.getByLabel('Name').fill('visible-name');
    await expect.poll(() => visitor.sent.join()).toContain('visible-name');

    const viewer = await watch(await visitor.visitorId());
    await expect(viewer.mirrored.locator('#checkout').getByLabel('Name')).toHaveValue(
      'visible-name',
    );
    await visitor.open('/account');
    await page.getByLabel('Email').fill('visible@example.com');
    await page.getByLabel('Show password').check();
    await page.getByLabel('Password', { exact: true }).fill('canary-shown');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByText('7712 0045')).toBeVisible();
    await expect(viewer.mirrored.getByText('Customer number:')).toBeVisible();

    const sent = visitor.sent.join('\n');
    const secrets = ['4000999988887777', '98761', '7712', 'canary'];
    expect(secrets.filter((secret) => sent.includes(secret))).toEqual([]);
  });
});
