import { FlexPlugin } from '@twilio/flex-plugin';
import { registerTaskCanvasHeader } from 'flex-glance';

export default class TemplatePlugin extends FlexPlugin {
  constructor() {
    super('TemplatePlugin');
  }

  init(flex, manager) {
    registerTaskCanvasHeader(flex, manager, {
      groupid: 'GROUP_ID',
      authurl: 'AUTH_URL',
      glancebaseurl: 'ENVIRONMENT',
      puid: manager.user.identity,
    });
  }
}
