// webpack copies the file itself.
export const url = new URL('flex-glance/dist/flex_glance.wasm', import.meta.url);
