// @ts-check
/** The WebAssembly module of `flex-glance/external`: a file at an address that the host gives. */
import * as english from '../../../locales/en.json';
import * as spanish from '../../../locales/es.json';
import { createGlue } from '#glue';
import { id } from '#module-id';

/** Every module begins so. */
const MAGIC = [0, 97, 115, 109];

let address;

/**
 * Says where `flex_glance.wasm` is served. The latest address counts, from the next attempt to load.
 * @param {string | URL} url Relative to the page, if not absolute.
 */
export function setModuleUrl(url) {
  address = String(url);
}

/** Why there is no module, with the remedy; `words` are what the agent reads. */
class ModuleError extends Error {
  constructor(why) {
    super(why);
    this.name = 'ModuleError';
    this.text = 'no_module';
    this.words = { no_module: [english.no_module, spanish.no_module] };
  }
}

/** @type {import('./wasm.js').Wasm} */
export const externalWasm = {
  compile,
  // The browser fetches and compiles the file beside the page's own work, as fast as it can.
  raisePriority() {},
  createGlue,
};

/**
 * @returns {Promise<WebAssembly.Module>}
 * @throws {Error} If the file cannot be fetched or is not the one that belongs to this code.
 */
async function compile() {
  if (!address) {
    throw new ModuleError(
      'flex-glance/external does not know where its WebAssembly module is. Call setModuleUrl(url) before the component is shown; url is where you serve dist/flex_glance.wasm of this package.',
    );
  }
  const response = await request();
  const type = response.headers.get('content-type') || 'no type';
  // A browser compiles while the bytes arrive, but only under this very type.
  const module = await (/^application\/wasm$/i.test(type) && WebAssembly.compileStreaming
    ? WebAssembly.compileStreaming(response)
    : compileBytes(await response.arrayBuffer(), type));
  const [section] = WebAssembly.Module.customSections(module, 'flex-glance');
  const found = section ? String.fromCharCode(...new Uint8Array(section)) : 'none';
  if (found !== id) {
    throw new ModuleError(
      `${address} is the module of another build of flex-glance (${found}; this code needs ${id}). Serve the dist/flex_glance.wasm of the same installation, under an address that changes with it.`,
    );
  }
  return module;
}

async function request() {
  let response;
  try {
    response = await fetch(address);
  } catch (error) {
    throw new ModuleError(
      `${address} cannot be fetched (${/** @type {Error} */ (error).message}). Check the address; another origin has to allow this page by CORS, and a content security policy by connect-src.`,
    );
  }
  if (!response.ok) {
    throw new ModuleError(
      `${address} answered with status ${response.status}. Serve dist/flex_glance.wasm of this package there.`,
    );
  }
  return response;
}

function compileBytes(buffer, type) {
  const start = new Uint8Array(buffer, 0, Math.min(4, buffer.byteLength));
  if (MAGIC.some((byte, i) => start[i] !== byte)) {
    throw new ModuleError(
      `${address} is no WebAssembly module (${type}). Serve dist/flex_glance.wasm of this package there.`,
    );
  }
  return WebAssembly.compile(buffer);
}
