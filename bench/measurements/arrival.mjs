// From the visitor's arrival to the change of the agent's button.
//
// It begins with `connect` on the visitor's page and ends with the change of the agent's page. Both
// clocks are the machine's, in whole milliseconds.

import { AWAY, expect, HERE, status } from '../stage.mjs';
import { COLUMNS, row, takeTimes } from '../rounds.mjs';

const ID = 'bench-arrival';

export const title = 'The visitor arrives';

export const columns = COLUMNS;

export async function measure(stage, { rounds }) {
  await stage.control.reset();
  await stage.control.task('Ann', { glance_visitor_id: ID });
  const agent = await stage.agent();
  await agent.start({ settings: { presence: true } });
  await agent.select('Ann');
  const visitor = await stage.visitor();
  const times = await takeTimes(rounds, async () => {
    await expect(status(agent)).toHaveText(AWAY);
    await status(agent).evaluate(noteChange, HERE.source);
    const arrived = await visitor.page.evaluate(arrive, ID);
    await expect(status(agent)).toHaveText(HERE);
    const changed = await agent.page.evaluate(() => window.changed);
    await visitor.page.evaluate(() => window.visitor.disconnect());
    return changed - arrived;
  });
  await agent.context.close();
  await visitor.page.context().close();
  return [row('from connect to the changed button', times)];
}

/** Runs in the agent's page: `window.changed` resolves to the time at which the status reads so. */
function noteChange(element, pattern) {
  const component = element.getRootNode();
  window.changed = new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      const [status] = component.querySelectorAll('[role="status"]');
      if (!status || !new RegExp(pattern).test(status.textContent)) return;
      observer.disconnect();
      resolve(Date.now());
    });
    observer.observe(component, { childList: true, characterData: true, subtree: true });
  });
}

/** Runs in the visitor's page, by Glance's documented calls. Answers when. */
function arrive(visitorid) {
  const at = Date.now();
  window.visitor = new window.GLANCE.Presence.Visitor({ visitorid });
  window.visitor.presence();
  window.visitor.connect();
  return at;
}
