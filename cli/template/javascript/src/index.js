import * as FlexPlugin from '@twilio/flex-plugin';

import TemplatePlugin from './TemplatePlugin';

FlexPlugin.loadPlugin(TemplatePlugin);
