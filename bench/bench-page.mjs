// The bench page in the browser, and what Chromium tells of it.

/**
 * @param {import('@playwright/test').Browser} browser
 * @param {string} origin The bench server's.
 * @returns {Promise<BenchPage>} In a context of its own.
 */
export async function openBenchPage(browser, origin) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${origin}/`);
  await page.waitForFunction(() => window.bench);
  return new BenchPage(context, page);
}

class BenchPage {
  constructor(context, page) {
    this.context = context;
    this.page = page;
  }

  /** Calls one of the page's functions. */
  run(name, ...args) {
    return this.page.evaluate(([call, given]) => window.bench[call](...given), [name, args]);
  }

  /** What is there once the garbage is gone. */
  async counters() {
    this.devtools ??= await this.context.newCDPSession(this.page);
    await this.devtools.send('Performance.enable');
    // A second collection takes what the first one's finalizers let go.
    await this.devtools.send('HeapProfiler.collectGarbage');
    await this.devtools.send('HeapProfiler.collectGarbage');
    const { metrics } = await this.devtools.send('Performance.getMetrics');
    const of = (name) => metrics.find((metric) => metric.name === name).value;
    return {
      nodes: of('Nodes'),
      listeners: of('JSEventListeners'),
      heap: of('JSHeapUsedSize'),
      wasm: await this.page.evaluate(() => window.wasm.bytes()),
    };
  }

  close() {
    return this.context.close();
  }
}
