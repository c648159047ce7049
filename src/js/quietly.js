/**
 * Runs a step for a caller that must not meet an exception of ours: Flex, Redux, a timer.
 * @template T
 * @param {() => T} step
 * @returns {T | undefined} Nothing where the step throws, which goes to the console.
 */
export function quietly(step) {
  try {
    return step();
  } catch (error) {
    console.error('flex-glance: a step failed.', error);
    return undefined;
  }
}
