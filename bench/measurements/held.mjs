// From the click to the request for the viewer, with the login key already there: presence has asked for
// it, and the visitor is on the site. The viewer opens in a window and is asked for within the click.

import { expect, HERE, status } from '../stage.mjs';
import { COLUMNS, row, takeTimes } from '../rounds.mjs';

const ID = 'bench-held';

export const title = 'The click, with the login key held';

export const columns = COLUMNS;

export async function measure(stage, { rounds }) {
  await stage.control.reset();
  await stage.control.task('Ann', { glance_visitor_id: ID });
  const visitor = await stage.visitor();
  await visitor.page.evaluate(arrive, ID);
  const agent = await stage.agent();
  await agent.start({ settings: { presence: true, openlocation: 'window' } });
  await agent.select('Ann');
  await expect(status(agent)).toHaveText(HERE);
  await agent.page.evaluate(watchClicks);
  const taken = await takeTimes(rounds, async () => {
    const asked = agent.context.waitForEvent('request', isForViewer);
    await agent.button.click();
    const request = await asked;
    await request.response();
    const click = await agent.page.evaluate(() => window.lastClick);
    await agent.header.button('cancel').click();
    await expect(status(agent)).toHaveText(HERE);
    return { ...click, requestMs: request.timing().startTime - click.at };
  });
  await agent.context.close();
  await visitor.page.context().close();
  await stage.control.reset();
  return [
    row(
      'from the click to the call that navigates',
      taken.map(({ ms }) => ms),
      2,
    ),
    row(
      'from the click to the request for the viewer',
      taken.map(({ requestMs }) => requestMs),
    ),
    {
      what: 'clicks whose own task has asked for the viewer',
      unit: '',
      values: [taken.filter(({ isSameTask }) => isSameTask).length, '', '', taken.length],
      limit: { column: 0, atLeast: taken.length },
    },
  ];
}

function isForViewer(request) {
  return request.url().includes('/agentjoin/AgentView.aspx');
}

/** Runs in the visitor's page, by Glance's documented calls. */
function arrive(visitorid) {
  const visitor = new window.GLANCE.Presence.Visitor({ visitorid });
  visitor.presence();
  visitor.connect();
}

/**
 * Runs in the agent's page: `window.lastClick` tells of the last click how long it took until a window
 * that it opened was sent elsewhere, and whether that was still in the click's own task.
 */
function watchClicks() {
  let task = 0;
  let begun = 0;
  const { port1, port2 } = new MessageChannel();
  // A message comes with the next task, after all that the click set off by itself.
  port1.onmessage = () => (task = 0);
  window.addEventListener(
    'click',
    ({ isTrusted }) => {
      if (!isTrusted) return;
      task = 1;
      begun = performance.now();
      window.lastClick = { at: Date.now(), isSameTask: false };
      port2.postMessage(0);
    },
    true,
  );
  const { contentWindow: opener } = document.getElementById('flex-glance-opener');
  const { open } = opener;
  opener.open = (...args) => {
    const opened = open.apply(opener, args);
    const links = opened && opened.HTMLAnchorElement && opened.HTMLAnchorElement.prototype;
    if (links) {
      const { click } = links;
      links.click = function note() {
        Object.assign(window.lastClick, {
          ms: performance.now() - begun,
          isSameTask: task === 1,
        });
        return click.call(this);
      };
    }
    return opened;
  };
}
