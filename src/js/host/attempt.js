/** What the step gives; undefined if it throws. What Flex throws means that there is nothing. */
export function attempt(step) {
  try {
    return step();
  } catch (_) {
    return undefined;
  }
}
