import * as FlexPlugin from '@twilio/flex-plugin';

import GlancePlugin from './GlancePlugin';

FlexPlugin.loadPlugin(GlancePlugin);
