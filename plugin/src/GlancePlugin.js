import { FlexPlugin } from '@twilio/flex-plugin';
import { registerFromConfiguration } from 'flex-glance';
import { doctor } from 'flex-glance/doctor';

export default class GlancePlugin extends FlexPlugin {
  constructor() {
    super('GlancePlugin');
  }

  init(flex, manager) {
    // Administrators set group ID, Function address and so on in Flex's configuration.
    registerFromConfiguration(flex, manager, { doctor });
  }
}
