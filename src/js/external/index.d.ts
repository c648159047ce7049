/** Glance Cobrowse in Twilio Flex, with the WebAssembly module as a file of its own. */
export * from 'flex-glance';

/**
 * Says where `flex-glance/dist/flex_glance.wasm` is served: same origin or with CORS, best as
 * `application/wasm` and with a long cache time under an address that changes with every version.
 * Call it before the component is shown. What is wrong there is told in the console, and the agent
 * sees the text `no_module` with a button to try again.
 *
 * @param url Absolute, or relative to the page.
 */
export function setModuleUrl(url: string | URL): void;
