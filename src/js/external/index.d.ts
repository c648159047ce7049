/** Glance Cobrowse in Twilio Flex, with the WebAssembly module as a file of its own. */
export * from 'flex-glance';

/**
 * Says where `flex-glance/dist/flex_glance.wasm` is served: same origin or with CORS, best as
 * `application/wasm` and with a long cache time under an address that changes with `moduleId`.
 * Call it before the component is shown. What is wrong there is told in the console, and the agent
 * sees the text `no_module` with a button to try again.
 *
 * @param url Absolute, or relative to the page.
 */
export function setModuleUrl(url: string | URL): void;

/**
 * What tells the module that belongs to this code from all others: 16 hexadecimal digits that change
 * with its content and with nothing else. Part of its address, they let it be kept for ever.
 */
export const moduleId: string;
