// From the visitor's Accept to the request for the viewer.
//
// It begins with the click on the visitor's page and ends when the agent's browser asks for
// AgentView.aspx, in the panel. Both clocks are the machine's.

import { expect, HERE, status } from '../stage.mjs';
import { COLUMNS, row, takeTimes } from '../rounds.mjs';

const ID = 'bench-acceptance';

export const title = 'The visitor accepts';

export const columns = COLUMNS;

export async function measure(stage, { rounds }) {
  await stage.control.reset();
  await stage.control.task('Ann', { glance_visitor_id: ID });
  const visitor = await stage.visitor();
  await visitor.page.evaluate(arrive, ID);
  const agent = await stage.agent();
  await agent.start({ settings: { presence: true } });
  await agent.select('Ann');
  await expect(status(agent)).toHaveText(HERE);
  const times = await takeTimes(rounds, async () => {
    await agent.button.click();
    const asked = agent.page.waitForRequest(/\/agentjoin\/AgentView\.aspx/);
    await visitor.terms.getByRole('button', { name: 'Accept' }).click();
    const request = await asked;
    await request.response();
    const accepted = await visitor.page.evaluate(() => window.accepted);
    await visitor.endButton.click();
    await expect(status(agent)).toHaveText('Session ended');
    return request.timing().startTime - accepted;
  });
  await agent.context.close();
  await visitor.page.context().close();
  return [row('from Accept to the request for the viewer', times)];
}

/** Runs in the visitor's page: comes, and notes when the last click was. */
function arrive(visitorid) {
  const visitor = new window.GLANCE.Presence.Visitor({ visitorid });
  visitor.presence();
  visitor.connect();
  window.addEventListener('click', () => (window.accepted = Date.now()), true);
}
