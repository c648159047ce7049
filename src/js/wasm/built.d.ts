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
