/**
 * `flex-glance/testing`: the main entry's exports for a plugin's own tests, without WebAssembly and
 * without Glance, and `glance`, by which a test plays both.
 */
import * as real from '../../../index.js';
import { glance, noting } from './glance.js';

export { glance };
export const { TwilioFlexGlance } = real;
export const registerTaskCanvasHeader = noting(
  'registerTaskCanvasHeader',
  real.registerTaskCanvasHeader,
);
export const registerCrmContainer = noting('registerCrmContainer', real.registerCrmContainer);
