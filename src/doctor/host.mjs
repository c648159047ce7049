// Flex, as the doctor reads it.

import { createFlexHost } from '../js/host/flex.js';

export const host = createFlexHost();
