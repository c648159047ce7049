import { expect, OWN_FLEX, test } from './fixtures.mjs';
import { text } from './texts.mjs';

const SECRET = 'canary-7f3a';

const WRONG = {
  groupid: SECRET,
  authurl: `http://${SECRET}.example/getloginkey`,
  authtoken: { [SECRET]: SECRET },
  openlocation: SECRET,
  presence: SECRET,
  glancebaseurl: SECRET,
  puid: 42,
  debugmode: 1,
  hosts: { web: `ftp://${SECRET}`, cdn: [SECRET] },
  strings: [SECRET],
};

const TOLD = [
  text('not_set_up'),
  wrong('groupid', 'a string', 'groupid'),
  wrong('authurl', 'a string', 'authurl'),
  wrong('authtoken', 'an object', 'authtoken'),
  wrong('openlocation', 'a string', 'openlocation'),
  wrong('presence', 'a string', 'flag'),
  wrong('glancebaseurl', 'a string', 'environment'),
  wrong('puid', 'a number', 'puid'),
  wrong('debugmode', 'a number', 'flag'),
  wrong('hosts.web', 'a string', 'host'),
  wrong('hosts.cdn', 'an array', 'host'),
  wrong('strings', 'an array', 'strings'),
];

// Attributes of a task, and what the agent is told about them.
const UNUSABLE = [
  [{}, text('no_visitor')],
  [{ glance_visitor_id: null }, text('no_visitor')],
  [{ glance_visitor_id: '' }, text('no_visitor')],
  [{ glance_visitor_id: { a: 1 } }, text('key_not_text', { given: 'an object' })],
  [{ glance_visitor_id: ['a'] }, text('key_not_text', { given: 'an array' })],
  [{ glance_visitor_id: true }, text('key_not_text', { given: 'a boolean' })],
  [{ glance_visitor_id: 1.5 }, text('key_not_text', { given: 'a number' })],
  [{ glance_visitor_id: 'a&b=c' }, text('key_character', { character: '&' })],
  [{ glance_visitor_id: 'a#b' }, text('key_character', { character: '#' })],
  [{ glance_visitor_id: 'a%2Fb' }, text('key_character', { character: '%' })],
  [{ glance_visitor_id: 'a+b' }, text('key_character', { character: '+' })],
  [{ glance_visitor_id: 'zoë' }, text('key_character', { character: 'ë' })],
  [
    { glance_visitor_id: '<img src=x onerror=alert(1)>' },
    text('key_character', { character: '<' }),
  ],
  [{ glance_visitor_id: 'x'.repeat(10_000) }, text('key_too_long', { length: 10_000 })],
];

test.describe('Props and attributes', OWN_FLEX, () => {
  test('wrong props are named with their types, never their values, and can be put right', async ({
    agent,
  }) => {
    const log = [];
    agent.context.on('console', (message) => log.push(message.text()));
    const viewers = viewerRequests(agent);
    await agent.control.task('Alice', { glance_visitor_id: 'alice-1' });
    await agent.control.task('Bob');
    await agent.start({ plugin: 'forms', settings: { form: 'changing', ...WRONG } });
    await agent.select('Alice');
    const message = agent.header.alert;
    await expect(message.getByRole('paragraph')).toHaveText(TOLD);
    await expect(agent.button).toHaveAttribute('aria-disabled', 'true');
    await agent.button.click({ force: true });
    const shown = await agent.page
      .locator('.flex-glance')
      .evaluateAll((hosts) => hosts.map((host) => host.shadowRoot.innerHTML).join());
    expect(shown).not.toContain(SECRET);
    expect(log.join('\n')).not.toContain(SECRET);

    await agent.select('Bob');
    const heading = agent.page.locator('.Twilio-TaskCanvasHeader').getByRole('heading');
    await expect(heading).toHaveText('Bob');
    await agent.select('Alice');
    await expect(heading).toHaveText('Alice');

    await agent.page.evaluate(change, { groupid: null, authurl: ' ', puid: null, hosts: 'glance' });
    await expect(message).toContainText(missing('groupid'));
    await expect(message).toContainText(missing('authurl'));
    await expect(message).toContainText(missing('puid'));
    await expect(message).toContainText(wrong('hosts', 'a string', 'hosts'));

    const { function: own, glance } = agent.origins;
    const right = {
      groupid: '20541',
      authurl: `${own}/getloginkey`,
      authtoken: null,
      openlocation: null,
      opentype: 'flex',
      presence: false,
      glancebaseurl: 'production',
      puid: 'maria_40example_2Ecom',
      debugmode: false,
      hosts: { web: glance },
      strings: null,
    };
    await agent.page.evaluate(change, right);
    await expect(message).toBeHidden();
    await agent.button.click();
    await expect(agent.header.status).toHaveText(text('viewer_open'));

    await agent.page.evaluate(change, { groupid: -1 });
    await expect(message).toContainText(wrong('groupid', 'a number', 'groupid'));
    await agent.page.evaluate(change, { groupid: 20541, openlocation: 'tab' });
    await expect(message).toBeHidden();
    await expect(agent.header.status).toHaveText(text('viewer_open'));
    await expect(agent.viewerFrame('alice-1').getByText('Waiting for the visitor')).toBeVisible();
    expect(viewers).toHaveLength(1);

    await agent.header.button('close_viewer').click();
    const opened = agent.context.waitForEvent('page');
    await agent.button.click();
    await expect((await opened).getByText('Waiting for the visitor')).toBeVisible();
    expect(agent.errors).toEqual([]);
  });

  test('no task and every odd attribute are told in a sentence, and a number is a key', async ({
    agent,
  }) => {
    const viewers = viewerRequests(agent);
    const alice = await agent.control.task('Alice', { glance_visitor_id: 'alice-1' });
    await agent.start({ plugin: 'forms', settings: { form: 'panel' } });
    const button = agent.panel.main;
    const status = agent.panel.status;
    await expect(status).toHaveText(text('no_task'));
    await expect(button).toHaveAttribute('aria-disabled', 'true');
    await button.click({ force: true });

    await agent.select('Alice');
    for (const [attributes, sentence] of UNUSABLE) {
      await agent.control.attributes(alice, { name: 'Alice', ...attributes });
      await expect(status).toContainText(sentence);
    }
    await button.click();
    await expect(agent.panel.keyForm.field).toBeFocused();
    await agent.page.keyboard.press('Escape');
    expect(viewers).toEqual([]);

    await agent.control.attributes(alice, { name: 'Alice', glance_visitor_id: 42 });
    await expect(status).toBeEmpty();
    await button.click();
    await expect(agent.viewerFrame('42').getByText('Waiting for the visitor')).toBeVisible();
    await agent.select('Alice');
    await expect(status).toHaveText(text('viewer_open'));
    expect(viewers).toHaveLength(1);
    expect(agent.errors).toEqual([]);
  });
});

/** What is said of a prop that is not what is expected. */
function wrong(prop, given, expected) {
  return text('prop_wrong', { prop, given, expected: text(`expected_${expected}`) });
}

function missing(prop) {
  return text('prop_missing', { prop, expected: text(`expected_${prop}`) });
}

/** In the page: changes props of the test plugin's component; null stands for undefined. */
function change(props) {
  const entries = Object.entries(props).map(([name, value]) => [name, value ?? undefined]);
  const detail = Object.fromEntries(entries);
  window.dispatchEvent(new CustomEvent('glance-props', { detail }));
}

/** The addresses of the viewers that were asked for, as they come. */
function viewerRequests(agent) {
  const asked = [];
  agent.context.on('request', (request) => {
    if (request.url().includes('AgentView.aspx')) asked.push(request.url());
  });
  return asked;
}
