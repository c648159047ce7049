import * as FlexPlugin from '@twilio/flex-plugin';

import FormsPlugin from './FormsPlugin';

FlexPlugin.loadPlugin(FormsPlugin);
