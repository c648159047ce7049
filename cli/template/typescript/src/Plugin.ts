import { FlexPlugin } from '@twilio/flex-plugin';
import * as Flex from '@twilio/flex-ui';
import { registerTaskCanvasHeader } from 'flex-glance';

export default class TemplatePlugin extends FlexPlugin {
  constructor() {
    super('TemplatePlugin');
  }

  init(flex: typeof Flex, manager: Flex.Manager): void {
    registerTaskCanvasHeader(flex, manager, {
      groupid: 'GROUP_ID',
      authurl: 'AUTH_URL',
      glancebaseurl: 'ENVIRONMENT',
      puid: manager.user.identity,
    });
  }
}
