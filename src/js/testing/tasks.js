// @ts-check
/**
 * The tasks that the component was shown. A test speaks of tasks and Glance of visitors: this finds the one
 * for the other. Which of a task's texts counts is the component's affair.
 */
export function createTasks() {
  const known = new Map();

  const names = ({ visitorid, attributes }) =>
    [visitorid, ...Object.values({ ...attributes, name: undefined })].map(String);

  return {
    see(task) {
      if (task) known.set(task.sid, task);
    },
    /** The SIDs of the tasks that name this visitor. */
    of: (visitorId) =>
      Array.from(known.values())
        .filter((task) => names(task).includes(visitorId))
        .map(({ sid }) => sid),
    reset: () => known.clear(),
  };
}
