import { expect, OWN_FLEX, test } from './fixtures.mjs';

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
  'Cobrowse is not set up. For the plugin’s author:',
  'prop “groupid” is wrong: got a string, expected a positive integer: the Group ID in the Glance portal.',
  'prop “authurl” is wrong: got a string, expected the https address of your getloginkey Function.',
  'prop “authtoken” is wrong: got an object, expected the Flex token as a string, or a function that gives it.',
  'prop “openlocation” is wrong: got a string, expected “flex”, “tab” or “window”.',
  'prop “presence” is wrong: got a string, expected true or false.',
  'prop “glancebaseurl” is wrong: got a string, expected “production”, “staging” or “beta”.',
  'prop “puid” is wrong: got a number, expected the agent’s Partner UID as a string, or a function that gives it.',
  'prop “debugmode” is wrong: got a number, expected true or false.',
  'prop “hosts.web” is wrong: got a string, expected a host name or an https origin.',
  'prop “hosts.cdn” is wrong: got an array, expected a host name or an https origin.',
  'prop “strings” is wrong: got an array, expected an object of texts.',
].map((line) => line.replaceAll('’', "'"));

// Attributes of a task, and what the agent is told about them.
const UNUSABLE = [
  [{}, 'This task names no visitor.'],
  [{ glance_visitor_id: null }, 'This task names no visitor.'],
  [{ glance_visitor_id: '' }, 'This task names no visitor.'],
  [{ glance_visitor_id: { a: 1 } }, 'it is an object, not a text.'],
  [{ glance_visitor_id: ['a'] }, 'it is an array, not a text.'],
  [{ glance_visitor_id: true }, 'it is a boolean, not a text.'],
  [{ glance_visitor_id: 1.5 }, 'it is a number, not a text.'],
  [{ glance_visitor_id: 'a&b=c' }, 'not “&”.'],
  [{ glance_visitor_id: 'a#b' }, 'not “#”.'],
  [{ glance_visitor_id: 'a%2Fb' }, 'not “%”.'],
  [{ glance_visitor_id: 'a+b' }, 'not “+”.'],
  [{ glance_visitor_id: 'zoë' }, 'not “ë”.'],
  [{ glance_visitor_id: '<img src=x onerror=alert(1)>' }, 'not “<”.'],
  [{ glance_visitor_id: 'x'.repeat(10_000) }, 'at most 62 characters, this one has 10000.'],
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
    const message = agent.header.getByRole('alert');
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
    await expect(message).toContainText('prop “groupid” is missing; expected a positive integer');
    await expect(message).toContainText('prop “authurl” is missing; expected the https address');
    await expect(message).toContainText('prop “puid” is missing; expected the agent');
    await expect(message).toContainText('prop “hosts” is wrong: got a string, expected an object');

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
    await expect(agent.header.getByRole('status')).toHaveText('Viewer open');

    await agent.page.evaluate(change, { groupid: -1 });
    await expect(message).toContainText('prop “groupid” is wrong: got a number');
    await agent.page.evaluate(change, { groupid: 20541, openlocation: 'tab' });
    await expect(message).toBeHidden();
    await expect(agent.header.getByRole('status')).toHaveText('Viewer open');
    await expect(agent.viewerFrame('alice-1').getByText('Waiting for the visitor')).toBeVisible();
    expect(viewers).toHaveLength(1);

    await agent.header.getByRole('button', { name: 'Close viewer' }).click();
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
    const button = agent.panel.getByRole('button', { name: /^Cobrowse/ });
    const status = agent.panel.getByRole('status');
    await expect(status).toHaveText('Select a task to cobrowse with its customer.');
    await expect(button).toHaveAttribute('aria-disabled', 'true');
    await button.click({ force: true });

    await agent.select('Alice');
    for (const [attributes, sentence] of UNUSABLE) {
      await agent.control.attributes(alice, { name: 'Alice', ...attributes });
      await expect(status).toContainText(sentence);
    }
    await button.click();
    await expect(agent.panel.getByRole('textbox', { name: 'Session key' })).toBeFocused();
    await agent.page.keyboard.press('Escape');
    expect(viewers).toEqual([]);

    await agent.control.attributes(alice, { name: 'Alice', glance_visitor_id: 42 });
    await expect(status).toBeEmpty();
    await button.click();
    await expect(agent.viewerFrame('42').getByText('Waiting for the visitor')).toBeVisible();
    await agent.select('Alice');
    await expect(status).toHaveText('Viewer open');
    expect(viewers).toHaveLength(1);
    expect(agent.errors).toEqual([]);
  });
});

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
