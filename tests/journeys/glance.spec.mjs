// Glance's stand-in refuses what Glance refuses, and takes what Glance takes.

import { expect, GROUP, inSeconds, sign, test, viewerUrl } from './visitor.mjs';

test.describe('Glance’s viewer', () => {
  test('opens for a good login key, which leaves the address at once', async ({
    sandbox,
    watch,
  }) => {
    const viewer = await watch('4711');
    await expect(viewer.waits).toBeVisible();
    await expect(viewer.root.getByText('Session key 4711').first()).toBeVisible();
    expect(viewer.root.url()).not.toMatch(/loginkey/i);
    // A reload signs on by the cookie of the first time, which no script can read.
    await viewer.root.reload();
    await expect(viewer.waits).toBeVisible();
    expect(await viewer.root.evaluate(() => document.cookie)).toBe('');
    const [cookie] = await viewer.root.context().cookies();
    expect(cookie).toMatchObject({
      name: 'GSSNID',
      httpOnly: true,
      sameSite: 'None',
      secure: true,
    });
    // The synonyms that Glance documents.
    const synonyms = { SessionKey: null, Wait: null, VisitorId: '4712', wait: '1' };
    await viewer.root.goto(viewerUrl(sandbox.origins, '', synonyms));
    await expect(viewer.root.getByText('Session key 4712').first()).toBeVisible();
  });

  const refusals = {
    'a key of another form': [{ loginkey: '$1$x' }, /form \$1\$expiration\$signature/],
    'a wrong signature': [{ loginkey: sign({ secret: 'other' }) }, /signature is not valid/],
    'a key that was signed for somebody else': [{ partneruserid: 'joe' }, /signature is not valid/],
    'a partner user that it does not know': [
      { partneruserid: 'joe', loginkey: sign({ user: 'joe' }) },
      /user ID was not found/,
    ],
    'another partner': [{ partnerid: '72', loginkey: sign({ group: '72' }) }, /partner ID is not/],
    'no login key': [{ loginkey: null }, /Sign in to view/],
  };

  test('asks to sign in instead, and says why', async ({ sandbox, page }) => {
    const seen = async (parameters) => {
      await page.goto(viewerUrl(sandbox.origins, '4711', parameters));
      await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
      return page.getByRole('alert').innerText();
    };
    for (const [name, [parameters, reason]] of Object.entries(refusals)) {
      expect(await seen(parameters), name).toMatch(reason);
    }
    expect(await seen({ loginkey: sign({ expiry: inSeconds(-1) }) })).toMatch(/has expired/);
    const tooFar = sign({ expiry: inSeconds(24 * 3600 + 60) });
    expect(await seen({ loginkey: tooFar })).toMatch(/more than one day/);
    expect(await page.context().cookies()).toEqual([]);

    // The sign-in page lets nobody in.
    await page.getByLabel('Username').fill('maria');
    await page.getByLabel('Password').fill('secret');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByRole('alert')).toHaveText('The username or password is not correct.');

    // Nearly a day is not too far, and who has signed on is refused with a bad key all the same.
    const nearly = sign({ expiry: inSeconds(24 * 3600 - 60) });
    await page.goto(viewerUrl(sandbox.origins, '4711', { loginkey: nearly }));
    await expect(page.getByText('Waiting for the visitor')).toBeVisible();
    expect(await seen({ loginkey: sign({ expiry: inSeconds(-1) }) })).toMatch(/has expired/);
  });

  test('refuses an impossible session key, and without Wait one that nobody uses', async ({
    sandbox,
    page,
  }) => {
    const open = (key, more) => page.goto(viewerUrl(sandbox.origins, key, more));
    for (const key of ['a b', 'ä', 'a/b', 'x'.repeat(63), '']) {
      await open(key);
      await expect(page.getByRole('alert')).toContainText('1 to 62 letters, digits');
    }
    await open('x'.repeat(62));
    await expect(page.getByText('Waiting for the visitor')).toBeVisible();
    await open('nobody', { Wait: null });
    await expect(page.getByRole('heading', { name: 'has not started' })).toBeVisible();
  });

  test('is framed by the agent’s desktop, and by no site off the list', async ({
    sandbox,
    page,
  }) => {
    const { desktop, glance } = sandbox.origins;
    const framedBy = async (address) => {
      await page.goto(address);
      await page.evaluate(
        (src) => {
          const frame = Object.assign(document.createElement('iframe'), { src });
          document.body.replaceChildren(frame);
        },
        viewerUrl(sandbox.origins, 'framed'),
      );
      return page.locator('iframe').contentFrame().getByText('Waiting for the visitor');
    };
    await expect(await framedBy(`${desktop}/scenario`)).toBeAttached();
    const refusal = page.waitForEvent('console', {
      predicate: (message) => message.text().includes('frame-ancestors'),
    });
    const other = glance.replace('glance.localhost', '127.0.0.1');
    const frame = await framedBy(`${other}/agentjoin/agentjoin.css`);
    await refusal;
    await expect(frame).toHaveCount(0);
  });

  test('watches by the ticket of its own page only', async ({ sandbox, visitor, watch }) => {
    await visitor.open('/');
    await visitor.startSession('ticketed');
    const viewer = await watch('ticketed');
    await expect(viewer.title).toHaveText('Tea, simply.');
    const ticket = await viewer.root.locator('body').getAttribute('data-ticket');
    const url = `${sandbox.origins.glance.replace('http', 'ws')}/agentjoin/session`;

    expect(await join(viewer.root, url, ticket)).toContain('"type":"live"');
    for (const wrong of ['', 'made-up', `${ticket.slice(1)}0`]) {
      expect(await join(viewer.root, url, wrong)).toContain('"type":"refused"');
    }
    // Another site has no use even for the right one.
    expect(await join(visitor.page, url, ticket)).toBe('closed');
  });

  test('gives a visitor’s session key to no other visitor', async ({ visitor, browser }) => {
    await visitor.open('/');
    await visitor.startSession('shared-key');
    const other = await (await browser.newContext()).newPage();
    await other.goto(`${visitor.origins.shop}/`);
    const error = await other.evaluate(
      () =>
        new Promise((resolve) => {
          const { Visitor } = window.GLANCE.Cobrowse;
          Visitor.addEventListener('error', resolve);
          Visitor.startSession({ sessionKey: 'shared-key' });
        }),
    );
    expect(error.code).toBe('dupkey');
    await expect(visitor.endButton).toBeVisible();
    await other.context().close();
  });

  test('serves the visitor script to its own group', async ({ sandbox, page }) => {
    const status = async (query) => {
      const address = `${sandbox.origins.glance}/cobrowse/CobrowseJS.ashx?${query}`;
      return (await page.goto(address)).status();
    };
    expect(await status(`group=${GROUP}&site=production`)).toBe(200);
    expect(await status(`group=${GROUP}&site=staging`)).toBe(200);
    expect(await status('group=1&site=production')).toBe(404);
    expect(await status(`group=${GROUP}`)).toBe(404);
  });

  test('fails as the scenario says', async ({ sandbox, watch, page }) => {
    await sandbox.control.reset();
    await sandbox.control.scenario({ login_key: 'unknown_user' });
    const viewer = await watch('scenario');
    await expect(viewer.root.getByRole('alert')).toContainText('user ID was not found');
    await sandbox.control.scenario({ login_key: 'none', viewer: 'never_loads' });
    const address = viewerUrl(sandbox.origins, 'scenario');
    await page.goto(`${sandbox.origins.landing}/sandbox.json`);
    await expect(page.goto(address, { timeout: 1_500 })).rejects.toThrow(/Timeout/);
    await sandbox.control.reset();
    await viewer.root.goto(address);
    await expect(viewer.waits).toBeVisible();
  });
});

/** The first answer of the session server to a viewer's ticket, or `closed`. */
function join(page, url, ticket) {
  return page.evaluate(
    ([address, it]) =>
      new Promise((resolve) => {
        const socket = new WebSocket(address);
        socket.onopen = () => socket.send(JSON.stringify({ type: 'join', ticket: it }));
        socket.onmessage = ({ data }) => {
          resolve(data);
          socket.close();
        };
        socket.onclose = () => resolve('closed');
      }),
    [url, ticket],
  );
}
