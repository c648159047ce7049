/** Without Flex there are no notifications. What they would say is in the component too. */
export function notify() {}
