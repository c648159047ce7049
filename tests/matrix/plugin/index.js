import * as FlexPlugin from '@twilio/flex-plugin';

import MatrixPlugin from './MatrixPlugin';

FlexPlugin.loadPlugin(MatrixPlugin);
