// The address of the module where the host copies the file, as docs/external.md says.
import { moduleId } from 'flex-glance/external';

export const url = `flex_glance-${moduleId}.wasm`;
