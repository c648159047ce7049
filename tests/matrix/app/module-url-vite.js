// Vite copies the file itself.
export { default as url } from 'flex-glance/dist/flex_glance.wasm?url';
