/** Without Flex there are no Actions: a button does its work by itself. */
export function perform() {
  return false;
}
