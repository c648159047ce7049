import { expect, PROPS, test } from './fixtures.mjs';

test.describe('Mounting and unmounting', () => {
  // The bench counts what 10,000 leave.
  test('6,000 times leaves no node, no listener and no memory', async ({ bare }) => {
    const { page } = bare;
    await page.evaluate(watchMemory);
    // A task counts for a second after it was shown, and many come in a second.
    await page.evaluate(mountOften, { props: PROPS, times: 3000 });
    const before = await counters(page);
    await page.evaluate(mountOften, { props: PROPS, times: 6000 });
    const after = await counters(page);

    // Other parts of the page may come and go by a node or two, six thousand may not.
    expect(after.nodes - before.nodes).toBeLessThan(20);
    expect(after.listeners - before.listeners).toBeLessThan(20);
    // An allocator's heap settles late, by 4 pages however often it is; a leak of only 66 bytes for each mount would
    // take 6.
    expect(after.pages - before.pages).toBeLessThan(6);
  });

  test('is safe under StrictMode', async ({ bare }) => {
    const { page } = bare;
    await page.evaluate((props) => {
      const element = React.createElement(TwilioFlexGlance, props);
      const strict = React.createElement(React.StrictMode, null, element);
      ReactDOM.render(strict, document.getElementById('host'));
    }, PROPS);
    await expect(page.getByRole('button', { name: /^Cobrowse/ })).toHaveCount(1);
  });

  test('keeps a typed key while Flex renders the same props again', async ({ bare }) => {
    const { page } = bare;
    await bare.render(PROPS);
    await page.getByRole('button', { name: 'Have a key?' }).click();
    await page.getByLabel('Session key').fill('12-34');
    await bare.render({ ...PROPS, hosts: PROPS.hosts, channelDefinition: {} });
    await expect(page.getByLabel('Session key')).toHaveValue('12-34');
  });

  test('drops a typed key, and what was wrong with it, when another task is shown', async ({
    bare,
  }) => {
    const { page } = bare;
    await bare.render(PROPS);
    await page.getByRole('button', { name: 'Have a key?' }).click();
    const field = page.getByLabel('Session key');
    await field.fill('no/key');
    await page.getByRole('button', { name: 'Join' }).click();
    await expect(field).toHaveAttribute('aria-invalid');

    const task = { sid: 'WR2', attributes: { glance_visitor_id: 'bob-1' } };
    await bare.render({ ...PROPS, task });
    await expect(field).toBeHidden();
    await page.getByRole('button', { name: 'Have a key?' }).click();
    await expect(field).toHaveValue('');
    await expect(field).not.toHaveAttribute('aria-invalid');
  });
});

/** Makes the size of every WebAssembly memory readable. */
function watchMemory() {
  const { Instance } = WebAssembly;
  window.memories = [];
  WebAssembly.Instance = function WatchedInstance(...args) {
    const instance = new Instance(...args);
    const exported = Object.values(instance.exports);
    window.memories.push(...exported.filter((value) => value instanceof WebAssembly.Memory));
    return instance;
  };
}

/** Every second component is taken away before it was ever drawn, as Flex does in a hurry. */
async function mountOften({ props, times }) {
  const turn = () =>
    new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = resolve;
      port2.postMessage(0);
    });
  const host = document.getElementById('host');
  const element = React.createElement(TwilioFlexGlance, props);
  for (let i = 0; i < times; i += 1) {
    ReactDOM.render(element, host);
    await turn();
    ReactDOM.unmountComponentAtNode(host);
    if (i % 2) await turn();
  }
  // Yew lets the browser draw between its turns: the last ones may still be under way.
  for (let i = 0; i < 20; i += 1) await new Promise((resolve) => setTimeout(resolve));
}

async function counters(page) {
  const session = await page.context().newCDPSession(page);
  for (let i = 0; i < 3; i += 1) await session.send('HeapProfiler.collectGarbage');
  const { nodes, jsEventListeners } = await session.send('Memory.getDOMCounters');
  const bytes = await page.evaluate(() => window.memories.map(({ buffer }) => buffer.byteLength));
  return { nodes, listeners: jsEventListeners, pages: bytes.reduce((a, b) => a + b) / 65536 };
}
