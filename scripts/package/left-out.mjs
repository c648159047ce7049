// Stands in the bundle for what the agents import and the command line does not use.

/** For `debug`: it would print the proxy's password. */
export default function createDebug() {
  return () => {};
}

/** For `proxy-agent-negotiate`: it needs a module that is compiled where it runs. */
export const createNegotiateAuth = undefined;
