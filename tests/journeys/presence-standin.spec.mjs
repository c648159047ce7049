// Glance's Presence and Authorization as the stand-in plays them: an agent's bare page on the
// desktop's origin, a visitor in the shop, each in a browser of their own.

import { addScript, connect, ID, test } from './agent-page.mjs';
import { expect, GROUP, inSeconds, sign } from './visitor.mjs';

test.describe('Authorization', () => {
  test('is given for a good login key, and counted', async ({ agentPage, sandbox }) => {
    await agentPage.open();
    const before = await sandbox.control.presence();
    expect(await agentPage.authorize()).toBeNull();
    expect(await agentPage.authorize({ duration: 120, groupid: undefined })).toBeNull();
    const after = await sandbox.control.presence();
    expect(after.authorizations - before.authorizations).toBe(2);
  });

  test('is refused with a reason', async ({ agentPage, sandbox }) => {
    await agentPage.open();
    const reasonFor = (changes) => agentPage.authorize(changes);
    expect(await reasonFor({ key: { secret: 'other' } })).toMatch(/signature is not valid/);
    expect(await reasonFor({ key: { expiry: inSeconds(-1) } })).toMatch(/has expired/);
    const stranger = { partnerid: GROUP, partneruserid: 'joe', loginkey: sign({ user: 'joe' }) };
    expect(await reasonFor({ credentials: stranger })).toMatch(/user ID was not found/);
    for (const duration of [0, 121]) {
      expect(await reasonFor({ duration })).toMatch(/1 to 120 minutes/);
    }
    expect(await reasonFor({ groupid: 72 })).toMatch(/not in this group/);
    expect(await reasonFor({ service: 'webservices' })).toMatch(/not "presence"/);
    await sandbox.control.scenario({ authorization: 'refused' });
    expect(await reasonFor({})).toMatch(/no current subscription/);
  });

  test('is needed for everything that an agent asks', async ({ agentPage }) => {
    await agentPage.open();
    await agentPage.follow();
    const refused = { failed: 'authorization' };
    expect(await agentPage.ask('lookupVisitor')).toEqual(refused);
    expect(await agentPage.ask('signalVisitor', { data: 'hello' })).toEqual(refused);
    expect(await agentPage.showTerms()).toEqual(refused);
    await agentPage.connect();
    await expect.poll(() => agentPage.heard()).toEqual(['error authorization']);
  });

  test('is for one group', async ({ agentPage }) => {
    await agentPage.open();
    expect(await agentPage.authorize()).toBeNull();
    await agentPage.follow(ID, 72);
    expect(await agentPage.ask('lookupVisitor')).toEqual({ failed: 'authorization' });
    await agentPage.follow(ID, GROUP);
    expect(await agentPage.ask('lookupVisitor')).toEqual({ ok: {} });
  });

  test('can come from the page itself', async ({ agentPage }) => {
    await agentPage.open();
    const answer = agentPage.page.waitForResponse(/\/authorization\?/);
    expect(await agentPage.authorize()).toBeNull();
    const { authToken } = await (await answer).json();
    const page = agentPage.page;
    await agentPage.open();
    await agentPage.follow();
    expect(await agentPage.ask('lookupVisitor')).toEqual({ failed: 'authorization' });
    await page.evaluate((token) => {
      document.getElementById('glance-cobrowse').dataset.authtoken = token;
    }, authToken);
    expect(await agentPage.ask('lookupVisitor')).toEqual({ ok: {} });
    await agentPage.open();
    await agentPage.follow();
    await page.evaluate((token) => window.GLANCE.Authorization.setToken(token), authToken);
    expect(await agentPage.ask('lookupVisitor')).toEqual({ ok: {} });
  });

  test('runs out for calls and for a live connection, and can be renewed', async ({
    agentPage,
    sandbox,
  }) => {
    await agentPage.open();
    await agentPage.watch();
    await sandbox.control.expireAuthorizations();
    await expect.poll(() => agentPage.heard()).toEqual(['error authorization']);
    expect(await agentPage.ask('lookupVisitor')).toEqual({ failed: 'authorization' });
    expect(await agentPage.authorize()).toBeNull();
    await agentPage.connect();
    expect(await agentPage.ask('lookupVisitor')).toEqual({ ok: {} });
    expect((await sandbox.control.presence()).agents.open).toBe(1);
  });

  test('of a live connection is replaced by a newer one, good or not', async ({ agentPage }) => {
    await agentPage.open();
    await agentPage.watch();
    const answer = agentPage.page.waitForResponse(/\/authorization\?/);
    expect(await agentPage.authorize()).toBeNull();
    const { authToken } = await (await answer).json();
    expect(await agentPage.ask('lookupVisitor')).toEqual({ ok: {} });
    expect(await agentPage.heard()).toEqual([]);
    const forged = `${authToken.slice(0, -4)}AAAA`;
    await agentPage.page.evaluate((token) => window.GLANCE.Authorization.setToken(token), forged);
    await expect.poll(() => agentPage.heard()).toEqual(['error authorization']);
  });

  test('is only good on a trusted origin', async ({ agentPage, sandbox }) => {
    await agentPage.open();
    await agentPage.watch();
    const { trusted_origins: trusted } = await sandbox.control.presence();
    expect(trusted).toEqual([sandbox.origins.desktop]);
    await sandbox.control.scenario({ agent_origin: 'untrusted' });
    expect((await sandbox.control.presence()).trusted_origins).toEqual([]);
    expect(await agentPage.ask('lookupVisitor')).toEqual({ failed: 'authorization' });
    await agentPage.follow();
    await agentPage.connect();
    await expect.poll(() => agentPage.heard()).toEqual(['error authorization']);

    await sandbox.control.scenario({ agent_origin: 'trusted' });
    await agentPage.open({ origin: sandbox.origins.shop });
    expect(await agentPage.authorize()).toBeNull();
    await agentPage.follow();
    expect(await agentPage.ask('lookupVisitor')).toEqual({ failed: 'authorization' });
  });
});

test.describe('Presence', () => {
  test('says whether the visitor is there, as they come and go', async ({ agentPage, visitor }) => {
    await agentPage.open();
    await agentPage.watch();
    expect(await agentPage.ask('lookupVisitor')).toEqual({ ok: {} });
    await visitor.open('/');
    await connect(visitor.page);
    await expect.poll(() => agentPage.heard()).toEqual(['visitorconn true', 'presence']);
    const [presence] = await agentPage.presenceHeard();
    expect(presence).toMatchObject({
      url: `${visitor.origins.shop}/`,
      browser: 'Chrome',
      basket: 2,
    });
    expect(presence.browserver).toMatch(/^\d+\./);
    expect(presence.platform).toMatch(/./);
    const { ok: info } = await agentPage.ask('lookupVisitor');
    expect(info).toMatchObject({ visitorid: ID, groupid: GROUP });

    await visitor.open('/teas');
    const left = ['visitorconn true', 'presence', 'visitorconn false'];
    await expect.poll(() => agentPage.heard()).toEqual(left);
    expect(await agentPage.ask('lookupVisitor')).toEqual({ ok: {} });
    await connect(visitor.page);
    const back = [...left, 'visitorconn true', 'presence'];
    await expect.poll(() => agentPage.heard()).toEqual(back);
    await visitor.page.evaluate(() => window.presence.disconnect());
    await expect.poll(() => agentPage.heard()).toEqual([...back, 'visitorconn false']);
  });

  test('is repeated every minute, with all that was said', async ({ agentPage, visitor }) => {
    await agentPage.open();
    await agentPage.watch();
    await visitor.page.clock.install();
    await visitor.open('/');
    await connect(visitor.page);
    await visitor.page.evaluate(() => window.presence.presence({ data: { page: 'home' } }));
    await expect.poll(async () => (await agentPage.presenceHeard()).length).toBe(2);
    await visitor.page.clock.fastForward(60_000);
    await expect.poll(async () => (await agentPage.presenceHeard()).length).toBe(3);
    const [, second, third] = await agentPage.presenceHeard();
    expect(third).toMatchObject({ basket: 2, page: 'home', browser: 'Chrome' });
    expect(third).toEqual(second);
  });

  test('takes strings and numbers only', async ({ agentPage, visitor }) => {
    await agentPage.open();
    await agentPage.watch();
    await visitor.open('/');
    await connect(visitor.page);
    await visitor.page.evaluate(() => window.presence.presence({ data: { basket: {} } }));
    await visitor.page.evaluate(() => window.presence.presence({ data: { basket: 3 } }));
    await expect.poll(async () => (await agentPage.presenceHeard()).length).toBe(2);
    expect((await agentPage.presenceHeard()).at(-1).basket).toBe(3);
    expect(await visitor.page.evaluate(() => window.ended)).toEqual(['service']);
  });

  test('comes back with a page that the browser has kept', async ({ agentPage, visitor }) => {
    await agentPage.open();
    await agentPage.watch();
    await visitor.open('/');
    await connect(visitor.page);
    const leaveAndReturn = () => {
      window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
      window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    };
    await visitor.page.evaluate(leaveAndReturn);
    const conn = async () =>
      (await agentPage.heard()).filter((it) => it.startsWith('visitorconn')).at(-1);
    await expect
      .poll(async () => (await agentPage.presenceHeard()).length, 'presence is said again')
      .toBe(2);
    await expect.poll(conn).toBe('visitorconn true');
  });

  test('connects by itself with data-presence="on"', async ({ agentPage, visitor }) => {
    const { page, origins } = visitor;
    await agentPage.open();
    await agentPage.watch();
    await visitor.open('/assets/shop.css');
    const tag = { id: 'glance-cobrowse', 'data-groupid': GROUP, 'data-visitorid': ID };
    await addScript(page, origins, undefined, tag);
    expect(await page.evaluate(() => Object.keys(window.GLANCE))).toEqual(['Cobrowse']);
    await visitor.open('/assets/shop.css');
    await addScript(page, origins, undefined, { ...tag, 'data-presence': 'on' });
    await expect
      .poll(async () => (await agentPage.heard()).toSorted())
      .toEqual(['presence', 'visitorconn true']);
  });

  test('has a script for pages without cobrowse', async ({ agentPage, visitor }) => {
    const { page, origins } = visitor;
    await visitor.open('/assets/shop.css');
    const tag = { id: 'glance-cobrowse', 'data-groupid': GROUP };
    await addScript(page, origins, 'PresenceVisitor', tag);
    expect(await page.evaluate(() => Object.keys(window.GLANCE))).toEqual(['Presence']);
    await agentPage.open();
    await agentPage.watch();
    await connect(page);
    await expect.poll(() => agentPage.heard()).toEqual(['visitorconn true', 'presence']);
  });

  test('delivers signals at once, or to a visitor who comes soon', async ({
    agentPage,
    visitor,
  }) => {
    await agentPage.open();
    await agentPage.watch();
    await visitor.open('/');
    expect(await agentPage.ask('signalVisitor', { data: 'early' })).toEqual({ ok: {} });
    await connect(visitor.page);
    expect(await agentPage.ask('signalVisitor', { data: { n: 1 } })).toEqual({ ok: {} });
    await expect
      .poll(() => visitor.page.evaluate(() => window.signals))
      .toEqual(['early', { n: 1 }]);
  });

  test('calls own functions of the GLANCE namespace, and nothing else', async ({
    agentPage,
    visitor,
  }) => {
    await agentPage.open();
    await agentPage.watch();
    await visitor.open('/');
    await visitor.page.evaluate(() => {
      window.called = [];
      window.elsewhere = () => window.called.push('elsewhere');
      window.GLANCE.shop = { ring: (...args) => window.called.push(args), bell: 'no function' };
    });
    const invoke = (func, args) => agentPage.ask('invokeVisitor', { func, args });
    expect(await invoke('GLANCE.shop.ring', {})).toEqual({ failed: 'visitornotpresent' });
    await connect(visitor.page);
    const paths = ['elsewhere', 'GLANCE', 'GLANCE.shop.bell', 'GLANCE.none.ring'];
    paths.push('GLANCE.shop.ring.constructor', 'GLANCE.shop.toString', 'GLANCE.shop.ring.call');
    for (const path of paths) expect(await invoke(path)).toEqual({ ok: {} });
    expect(await invoke('GLANCE.shop.ring', { times: 2 })).toEqual({ ok: {} });
    const called = () => visitor.page.evaluate(() => window.called);
    await expect.poll(called).toEqual([[{ times: 2 }]]);
  });

  test('reaches the tab that the visitor turned to last', async ({ agentPage, visitor }) => {
    await agentPage.open();
    await agentPage.watch();
    await visitor.open('/');
    await connect(visitor.page);
    const other = await visitor.page.context().newPage();
    await other.goto(`${visitor.origins.shop}/teas`);
    await connect(other);
    const signals = (page) => page.evaluate(() => window.signals);
    await agentPage.ask('signalVisitor', { data: 'to the newer' });
    await expect.poll(() => signals(other)).toEqual(['to the newer']);
    await visitor.page.getByRole('heading', { level: 1 }).click();
    await expect(async () => {
      await agentPage.ask('signalVisitor', { data: 'to the first' });
      expect(await signals(visitor.page)).toContain('to the first');
    }).toPass();
    await other.close();
    expect((await agentPage.heard()).filter((it) => it.startsWith('visitorconn'))).toEqual([
      'visitorconn true',
    ]);
  });

  test('reports what becomes of the terms and of a session, whoever ends it', async ({
    agentPage,
    visitor,
    watch,
  }) => {
    await agentPage.open();
    await agentPage.watch();
    await visitor.open('/');
    await connect(visitor.page);
    const heard = async () =>
      (await agentPage.heard()).filter((it) => !/^(presence|visitorconn)/.test(it));
    const answer = async (button) => {
      expect(await agentPage.showTerms()).toEqual({ ok: {} });
      await visitor.terms.getByRole('button', { name: button }).click();
    };
    const expected = ['terms declined'];
    await answer('Decline');
    await expect.poll(heard).toEqual(expected);

    await answer('Accept');
    expected.push('terms accepted', 'visitorsessionstart');
    await expect.poll(heard).toEqual(expected);
    await expect(visitor.bar.getByText(ID)).toBeVisible();
    // The session goes on over pages, and is no new one for the agents.
    await visitor.open('/teas');
    await connect(visitor.page);
    await expect(visitor.endButton).toBeVisible();
    await visitor.endButton.click();
    expected.push('visitorsessionend');
    await expect.poll(heard).toEqual(expected);

    await answer('Accept');
    expected.push('terms accepted', 'visitorsessionstart');
    await expect.poll(heard).toEqual(expected);
    const viewer = await watch(ID);
    await viewer.button('End session').click();
    expected.push('visitorsessionend');
    await expect.poll(heard).toEqual(expected);
  });

  test('can ask for video, which shows the visitor’s own camera until the session ends', async ({
    agentPage,
    visitor,
  }) => {
    const { page, origins } = visitor;
    await page.context().grantPermissions(['camera'], { origin: origins.shop });
    await agentPage.open();
    await agentPage.watch();
    await visitor.open('/');
    await connect(page);
    const note = visitor.terms.getByText('This session has video');
    await agentPage.showTerms({ sessionKey: ID, video: 'off' });
    await expect(visitor.terms).toBeVisible();
    await expect(note).toBeHidden();
    await visitor.terms.getByRole('button', { name: 'Decline' }).click();

    await agentPage.showTerms({ sessionKey: ID, video: 'multiway' });
    await expect(note).toBeVisible();
    await visitor.terms.getByRole('button', { name: 'Accept' }).click();
    const camera = page.getByLabel('Your camera');
    const plays = () => camera.evaluate((video) => video.videoWidth > 0 && !video.paused);
    await expect.poll(plays).toBe(true);
    await visitor.open('/teas');
    await expect.poll(plays).toBe(true);
    const stream = await camera.evaluateHandle((video) => video.srcObject);
    await visitor.endButton.click();
    await expect(camera).toBeHidden();
    expect(await stream.evaluate((it) => it.active)).toBe(false);
  });

  test('goes on without video if the camera may not be used', async ({ agentPage, visitor }) => {
    await agentPage.open();
    await agentPage.watch();
    await visitor.open('/');
    await connect(visitor.page);
    await visitor.page.evaluate(() => {
      const refuse = () => Promise.reject(new DOMException('Refused', 'NotAllowedError'));
      navigator.mediaDevices.getUserMedia = refuse;
    });
    await agentPage.showTerms({ sessionKey: ID, video: 'multiway' });
    await visitor.terms.getByRole('button', { name: 'Accept' }).click();
    await expect(visitor.page.getByText('Your camera cannot be used.')).toBeVisible();
    await visitor.endButton.click();
    await expect(visitor.endButton).toBeHidden();
  });

  test('shows the terms once, however often it is asked for them', async ({
    agentPage,
    visitor,
  }) => {
    await agentPage.open();
    await agentPage.watch();
    await visitor.open('/');
    await connect(visitor.page);
    await agentPage.showTerms();
    await expect(visitor.terms).toBeVisible();
    await agentPage.showTerms();
    // What was asked before has arrived when this has.
    await agentPage.ask('signalVisitor', { data: 'asked twice' });
    const signals = () => visitor.page.evaluate(() => window.signals);
    await expect.poll(signals).toEqual(['asked twice']);
    await visitor.terms.getByRole('button', { name: 'Decline' }).click();
    await expect(visitor.terms).toBeHidden();
    await visitor.page.evaluate(() => window.presence.presence({ data: { last: 1 } }));
    await expect.poll(async () => (await agentPage.presenceHeard()).at(-1)?.last).toBe(1);
    const heard = await agentPage.heard();
    expect(heard.filter((it) => it.startsWith('terms'))).toEqual(['terms declined']);
  });

  test('knows a visitor in the shop on every page, for as long as their chat lasts', async ({
    agentPage,
    visitor,
    sandbox,
  }) => {
    await visitor.openWithChat('/');
    const chat = await visitor.startChat('Ann');
    await agentPage.open();
    await agentPage.watch(chat);
    const [{ task }] = await sandbox.control.tasks();
    const comesAndGoes = async () =>
      (await agentPage.heard()).filter((it) => it.startsWith('visitorconn'));
    const connected = async () => (await sandbox.control.presence()).visitors.connected;
    await expect.poll(connected).toBe(1);
    await visitor.open('/teas');
    const expected = ['visitorconn false', 'visitorconn true'];
    await expect.poll(comesAndGoes).toEqual(expected);
    const { url } = (await agentPage.presenceHeard()).at(-1);
    expect(url).toBe(`${visitor.origins.shop}/teas`);
    await agentPage.showTerms({ sessionKey: chat });
    await expect(visitor.terms).toBeVisible();
    await visitor.terms.getByRole('button', { name: 'Decline' }).click();

    await sandbox.control.end(task, 'accept');
    await sandbox.control.end(task, 'complete');
    expected.push('visitorconn false');
    await expect.poll(comesAndGoes).toEqual(expected);
    const sockets = [];
    visitor.page.on('websocket', (socket) => sockets.push(socket.url()));
    await visitor.open('/');
    await expect(visitor.chatButton).toBeVisible();
    expect(sockets.filter((url) => url.includes('/presence/'))).toEqual([]);
  });

  test('tells agents of a session that could not start', async ({
    agentPage,
    visitor,
    browser,
  }) => {
    const context = await browser.newContext();
    const other = await context.newPage();
    await other.goto(`${visitor.origins.shop}/`);
    await other.evaluate((key) => window.GLANCE.Cobrowse.Visitor.startSession(key), ID);
    await expect(other.getByRole('button', { name: 'End session' })).toBeVisible();
    await agentPage.open();
    await agentPage.watch();
    await visitor.open('/');
    await connect(visitor.page);
    await agentPage.showTerms();
    await visitor.terms.getByRole('button', { name: 'Accept' }).click();
    await expect.poll(() => agentPage.heard()).toContain('visitorerror dupkey');
    await other.getByRole('button', { name: 'End session' }).click();
    await expect(other.getByText('You have ended the session.')).toBeVisible();
    await context.close();
  });
});

test.describe('When something is wrong with Presence', () => {
  test('a dropped connection is an error, and connecting again is enough', async ({
    agentPage,
    visitor,
    sandbox,
  }) => {
    await agentPage.open();
    await agentPage.watch();
    const { opened } = (await sandbox.control.presence()).agents;
    await sandbox.control.dropAgents();
    await expect.poll(() => agentPage.heard()).toEqual(['error conndrop']);
    await agentPage.connect();
    await visitor.open('/');
    await connect(visitor.page);
    await expect.poll(() => agentPage.heard()).toContain('visitorconn true');
    expect((await sandbox.control.presence()).agents).toEqual({ open: 1, opened: opened + 1 });
    await agentPage.page.evaluate(() => window.agent.disconnect());
    const open = async () => (await sandbox.control.presence()).agents.open;
    await expect.poll(open).toBe(0);
    expect(await agentPage.heard()).not.toContain('error conndrop error conndrop');
  });

  test('a service that is down cuts everyone and answers nobody', async ({
    agentPage,
    visitor,
    sandbox,
  }) => {
    await agentPage.open();
    await agentPage.watch();
    await visitor.open('/');
    await connect(visitor.page);
    await sandbox.control.scenario({ presence: 'down' });
    await expect.poll(() => agentPage.heard()).toContain('error conndrop');
    const ended = () => visitor.page.evaluate(() => window.ended);
    await expect.poll(ended).toEqual(['conndrop', 'closed']);
    expect(await agentPage.ask('lookupVisitor')).toEqual({ failed: 'conndrop' });
    expect(await agentPage.showTerms()).toEqual({ failed: 'conndrop' });
    await agentPage.follow();
    await agentPage.connect();
    await expect.poll(() => agentPage.heard()).toEqual(['error conndrop']);
    await sandbox.control.scenario({ presence: 'none' });
    await connect(visitor.page);
    await agentPage.connect();
    expect(await agentPage.ask('lookupVisitor')).not.toEqual({ ok: {} });
  });

  test('a blocked script never arrives', async ({ agentPage, sandbox }) => {
    await sandbox.control.scenario({ presence_script: 'blocked' });
    expect(await agentPage.open()).toBe('failed');
    await sandbox.control.scenario({ presence_script: 'none' });
    expect(await agentPage.open()).toBe('loaded');
  });

  test('the script does not start without its element', async ({ agentPage }) => {
    const failure = agentPage.page.waitForEvent('pageerror');
    await agentPage.open({ attributes: { id: 'another' } });
    expect((await failure).message).toContain('id="glance-cobrowse" and data-groupid');
    expect(await agentPage.page.evaluate(() => window.GLANCE)).toBeUndefined();
  });
});
