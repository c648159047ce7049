// An invitation by link, as it opens a page of the site.

import { vectors } from '../vectors.mjs';
import { expect, test } from './fixtures.mjs';

const KEY = '0123456789abcdef0123456789abcdef';

/** An invitation that was made so many minutes ago. */
function invitation(minutesAgo = 0, key = KEY) {
  return `glance=${key}.${(Math.floor(Date.now() / 60_000) - minutesAgo).toString(36)}`;
}

/** Opens a page of the shop with this fragment, and lets it follow invitations. */
async function open(shop, fragment, { follows = {}, ...page } = {}) {
  await shop.open({ glance: true, ...page, path: `/?a=1#${fragment}` });
  await follow(shop, follows);
}

function follow(shop, options) {
  return shop.page.evaluate((given) => {
    window.problems = [];
    window.following = FlexGlanceVisitor.followInvitation({
      onerror: ({ code, message }) => window.problems.push({ code, message }),
      ...given,
    });
  }, options);
}

/** What Glance was asked to show. */
const shown = (shop) => shop.page.evaluate(() => window.shown ?? []);

const codes = async (shop) => (await shop.reported()).map(({ code }) => code);

test.describe('A page that an invitation by link leads to', () => {
  test('shows Glance’s own terms for its key, and has it in the address no longer', async ({
    shop,
  }) => {
    await open(shop, invitation());
    expect(await shown(shop)).toEqual([['showTerms', { sessionKey: KEY }]]);
    await expect(shop.page).toHaveURL('http://shop.localhost/?a=1');
    expect(await shop.reported()).toEqual([]);
    expect(shop.errors).toEqual([]);
  });

  test('understands every link that agents’ pages make', async ({ shop }) => {
    for (const { link, key, minute, why } of vectors('invitation_link')) {
      await shop.page.clock.setFixedTime(minute * 60_000);
      await open(shop, link.slice(link.indexOf('#') + 1));
      expect(await shown(shop), why).toEqual([['showTerms', { sessionKey: key }]]);
    }
  });

  test('keeps what else is in the fragment, and the state of its history', async ({ shop }) => {
    await shop.open({ path: `/#/cart&${invitation()}&b=2#c` });
    await shop.page.evaluate(() => history.replaceState({ scroll: 7 }, ''));
    await follow(shop);
    await expect(shop.page).toHaveURL('http://shop.localhost/#/cart&b=2#c');
    expect(await shop.page.evaluate(() => history.state)).toEqual({ scroll: 7 });
    expect(await shown(shop)).toHaveLength(1);
  });

  test('waits for Glance’s script, with a clean address meanwhile', async ({ shop }) => {
    await open(shop, invitation(), { glance: false });
    await expect(shop.page).toHaveURL('http://shop.localhost/?a=1');
    expect(await shown(shop)).toEqual([]);
    await shop.addGlance();
    await expect.poll(() => shown(shop)).toEqual([['showTerms', { sessionKey: KEY }]]);
  });

  test('says that the script is late, and shows the terms when it comes', async ({ shop }) => {
    await shop.page.clock.install();
    await open(shop, invitation(), { glance: false });
    await shop.page.clock.runFor(10_001);
    expect(await codes(shop)).toEqual(['script']);
    await shop.addGlance();
    await expect.poll(() => shown(shop)).toHaveLength(1);
  });

  for (const [wrong, fragment] of [
    ['an empty one', 'glance='],
    ['a key alone', `glance=${KEY}`],
    ['a visitor’s ID', 'glance=CH0123456789abcdef0123456789abcdef.hd556'],
    ['a key that is too short', 'glance=0123.hd556'],
    ['a key that is too long', `glance=${KEY}0.hd556`],
    ['a key in capitals', `glance=${KEY.toUpperCase()}.hd556`],
    ['no time', `glance=${KEY}.`],
    ['a time that is none', `glance=${KEY}.h-d`],
    ['something behind', `${invitation()}.x`],
    ['markup', 'glance=<img src=x onerror=alert(1)>'],
    ['an escape', 'glance=%30%31'],
  ]) {
    test(`shows nothing for a link with ${wrong}, and has it in the address no longer`, async ({
      shop,
    }) => {
      await open(shop, fragment);
      expect(await shown(shop)).toEqual([]);
      await expect(shop.page).toHaveURL('http://shop.localhost/?a=1');
      expect(await codes(shop)).toEqual(['invitation']);
      expect(shop.errors).toEqual([]);
    });
  }

  test('shows nothing for a link that has run out, or is far ahead', async ({ shop }) => {
    for (const minutesAgo of [241, -242, 1e6]) {
      await open(shop, invitation(minutesAgo));
      expect(await shown(shop)).toEqual([]);
      await expect(shop.page).toHaveURL('http://shop.localhost/?a=1');
      expect(await codes(shop)).toEqual(['expired']);
    }
    await open(shop, invitation(239));
    expect(await shown(shop)).toHaveLength(1);
    await open(shop, invitation(31), { follows: { maxage: 30 } });
    expect(await codes(shop)).toEqual(['expired']);
  });

  test('tells no key, whatever is wrong', async ({ shop }) => {
    const said = [];
    shop.page.on('console', (message) => said.push(message.text()));
    for (const fragment of [`glance=${KEY}`, invitation(1e6)]) {
      await open(shop, fragment, { follows: { onerror: undefined } });
    }
    expect(said).toHaveLength(2);
    expect(said.join()).not.toContain(KEY);
  });

  test('asks once for a link that is loaded again, and again for one that is opened again', async ({
    shop,
  }) => {
    await open(shop, invitation());
    await shop.page.reload();
    await follow(shop);
    expect(await shown(shop)).toEqual([]);
    // In the same page, as from a chat on it.
    for (let times = 1; times <= 2; times += 1) {
      await shop.page.evaluate((fragment) => (location.hash = fragment), invitation());
      await expect.poll(() => shown(shop)).toHaveLength(times);
      await expect(shop.page).toHaveURL('http://shop.localhost/?a=1');
    }
    await shop.page.evaluate(() => (location.hash = '#contact'));
    await shop.page.goBack();
    await expect(shop.page).toHaveURL('http://shop.localhost/?a=1');
    expect(await shown(shop)).toHaveLength(2);
  });

  test('claims nothing of who asked, and starts nothing', async ({ shop }) => {
    await shop.open({ path: '/' });
    const before = await shop.page.locator('body').innerHTML();
    await open(shop, invitation(0, 'f'.repeat(32)));
    expect(await shop.page.locator('body').innerHTML()).toBe(before);
    expect(await shown(shop)).toEqual([['showTerms', { sessionKey: 'f'.repeat(32) }]]);
    const stored = await shop.page.evaluate(() =>
      JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]),
    );
    expect(stored).not.toContain('f'.repeat(32));
  });

  test('can be shown by a call of the site’s own, and nothing it throws is thrown on', async ({
    shop,
  }) => {
    await shop.open({ path: `/#${invitation()}` });
    const keys = await shop.page.evaluate(() => {
      const keys = [];
      window.problems = [];
      FlexGlanceVisitor.followInvitation({
        show(key) {
          keys.push(key);
          throw new Error('no');
        },
        onerror: ({ code, message }) => window.problems.push({ code, message }),
      });
      return keys;
    });
    expect(keys).toEqual([KEY]);
    expect(await codes(shop)).toEqual(['internal']);
  });

  test('follows none any more once it is stopped', async ({ shop }) => {
    await open(shop, invitation(), { glance: false });
    await shop.page.evaluate(() => window.following.stop());
    await shop.addGlance();
    await shop.page.evaluate((fragment) => (location.hash = fragment), invitation());
    await expect(shop.page).toHaveURL(/#glance=/);
    expect(await shown(shop)).toEqual([]);
  });

  test('shows nothing where Glance’s script has no terms to show, and says so', async ({
    shop,
  }) => {
    await shop.open({ path: `/#${invitation()}` });
    await shop.page.evaluate(() => delete window.GLANCE.Cobrowse.Visitor.showTerms);
    await follow(shop);
    expect(await codes(shop)).toEqual(['internal']);
    expect(await shown(shop)).toEqual([]);
  });
});
