// What `scripts/package/bundle.mjs` puts into the bundle.
declare module '#glue' {
  export const createGlue: import('./wasm.js').Wasm['createGlue'];
}
declare module '#module' {
  export const packed: string;
}
declare module '#module-id' {
  export const id: string;
}
declare module '#page-glue' {
  /** `browser` gives what the glue uses of its surroundings, by name. */
  export function createGlue(browser: any): any;
}
declare module '#module-bytes' {
  /** The module in base64. */
  export const bytes: string;
}
