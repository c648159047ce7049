import { FlexPlugin } from '@twilio/flex-plugin';
import { registerTaskCanvasHeader } from 'flex-glance';
import { doctor } from 'flex-glance/doctor';

export default class GlancePlugin extends FlexPlugin {
  constructor() {
    super('GlancePlugin');
  }

  init(flex, manager) {
    // Group ID, Function address and so on live in the Flex configuration, so that a change of them
    // needs no new build: `ui_attributes.glance`.
    const { glance } = manager.serviceConfiguration.ui_attributes;

    registerTaskCanvasHeader(flex, manager, {
      ...glance,
      authtoken: () => manager.user.token,
      puid: manager.user.identity,
      doctor,
    });
  }
}
