// What an agent's pages ask of the Function and of Glance.

const PATHS = {
  '/cobrowse/CobrowseJS.ashx': 'scripts',
  '/authorization': 'authorizations',
  '/lookupvisitor': 'lookUps',
};

/**
 * Counts from now on, preflights apart.
 * @param {import('@playwright/test').BrowserContext} context
 * @param {object} origins The sandbox's.
 * @returns {{counts: () => object, lookUpsAnswered: () => number}} `requests` is the sum of the five
 *   kinds after it; `messages` are those sent, `heard` those received.
 */
export function watchTraffic(context, origins) {
  const counts = {
    requests: 0,
    functions: 0,
    scripts: 0,
    authorizations: 0,
    lookUps: 0,
    others: 0,
    sockets: 0,
    messages: 0,
    heard: 0,
  };
  let lookUpsAnswered = 0;

  const kind = (address) => {
    const { origin, pathname } = new URL(address);
    if (origin === origins.function) return 'functions';
    return origin === origins.glance ? (PATHS[pathname] ?? 'others') : undefined;
  };
  context.on('request', (request) => {
    const of = kind(request.url());
    if (!of) return;
    counts.requests += 1;
    counts[of] += 1;
  });
  context.on('requestfinished', (request) => {
    if (kind(request.url()) === 'lookUps') lookUpsAnswered += 1;
  });

  const { host } = new URL(origins.glance);
  context.on('page', (page) =>
    page.on('websocket', (socket) => {
      if (new URL(socket.url()).host !== host) return;
      counts.sockets += 1;
      socket.on('framesent', () => (counts.messages += 1));
      socket.on('framereceived', () => (counts.heard += 1));
    }),
  );
  return { counts: () => ({ ...counts }), lookUpsAnswered: () => lookUpsAnswered };
}
