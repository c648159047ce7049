// Presence: the visitor comes, answers, and leaves.

import { text } from '../../journeys/texts.mjs';
import { until } from '../until.mjs';

// In the sandbox sessions outlast a story.
let visitors = 0;

async function meet(agent, name) {
  visitors += 1;
  const id = `${name.toLowerCase()}-${visitors}`;
  await agent.control.task(name, { glance_visitor_id: id });
  await agent.start({ settings: { presence: true } });
  await agent.select(name);
  await agent.header.says('visitor_away');
  const customer = await agent.customer();
  await customer.arrive(id);
  await agent.page.bringToFront();
  await agent.header.saysOneOf('visitor_here', 'visitor_here_at');
  return { id, customer };
}

export const stories = {
  'the agent sees the visitor come, asks, watches once they accept, and sees the end': async (
    agent,
  ) => {
    const { id, customer } = await meet(agent, 'Ann');
    await agent.header.clickMain();
    await agent.header.says('visitor_asked');
    await customer.answer('Accept');
    await agent.page.bringToFront();
    await agent.header.says('in_session');
    await agent.header.control('timer', text('in_session_for'));
    await until('the mirrored page', () =>
      agent.inViewer(id, () => Boolean(document.querySelector('iframe'))),
    );
    await customer.endSession();
    await agent.page.bringToFront();
    await agent.header.says('session_over');
    await until('the viewer to close', async () => (await agent.frames()) === 0);
  },

  'the agent is told when the visitor declines, and when they leave': async (agent) => {
    const { customer } = await meet(agent, 'Ben');
    await agent.header.clickMain();
    await customer.answer('Decline');
    await agent.page.bringToFront();
    await agent.header.explains('visitor_declined');
    await agent.header.click('button', text('ask_again'));
    await agent.header.says('visitor_asked');
    await customer.leave();
    await agent.page.bringToFront();
    await agent.header.explains('visitor_left');
  },
};
