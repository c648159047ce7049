// The proxy agents of the command line: bundled into `dist/proxy-agents.mjs`, so that a plugin that installs
// the package installs nothing else for them.

export { HttpProxyAgent } from 'http-proxy-agent';
export { HttpsProxyAgent } from 'https-proxy-agent';
