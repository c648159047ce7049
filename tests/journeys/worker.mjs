/** Changes some of the worker's attributes, as a supervisor would: TaskRouter tells Flex. */
export function setWorkerAttributes(agent, attributes) {
  return agent.page.evaluate(async (changed) => {
    const { workerClient } = window.Twilio.Flex.Manager.getInstance();
    await workerClient.setAttributes({ ...workerClient.attributes, ...changed });
  }, attributes);
}
