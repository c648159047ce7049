// Customers whom presence knows, as the agent sees them.

import { expect } from './fixtures.mjs';
import { anyOf, text } from './texts.mjs';

/** Settings with presence on. */
export const PRESENCE = { presence: true };

/** Without the page until the visitor's browser tells it again. */
export const HERE = anyOf(['visitor_here', 'visitor_here_at']);

export const AWAY = text('visitor_away');

let customers = 0;

/** A visitor's ID that no journey before has used: in the sandbox sessions outlast them. */
export function newId(name) {
  customers += 1;
  return `${name}-${customers}`;
}

/** Opens a page of the shop as the visitor of this ID. */
export async function arrive(visitor, id, page = '/') {
  await visitor.open(page);
  await visitor.page.evaluate((it) => window.FlexGlanceVisitor.connectVisitor(it), id);
}

/** Selects a task and waits until its customer is seen. */
export async function meet(agent, visitor, name, id) {
  await agent.select(name);
  await arrive(visitor, id);
  await expect(agent.header.status).toHaveText(HERE);
}

/** Asks the customer of the selected task, who accepts. */
export async function share(agent, visitor) {
  await agent.button.click();
  await visitor.terms.getByRole('button', { name: 'Accept' }).click();
  await expect(agent.header.status).toHaveText(text('in_session'));
}

/** The agents' connections to presence that are open. */
export async function connections(agent) {
  return (await agent.control.presence()).agents.open;
}

/** Invokes a Flex Action; answers what it rejects with. */
export function invoke(agent, name, payload) {
  return agent.page.evaluate(
    ([action, given]) =>
      window.Twilio.Flex.Actions.invokeAction(action, given).then(
        () => '',
        (error) => String(error.message || error),
      ),
    [name, payload],
  );
}
