/** `flex-glance/external`: the component with its WebAssembly module as a file of its own. */
export * from '../../../index.js';
export { id as moduleId } from '#module-id';
export { setModuleUrl } from './module.js';
