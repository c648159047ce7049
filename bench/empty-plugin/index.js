import * as FlexPluginApi from '@twilio/flex-plugin';

/** What any plugin costs Flex at its start: one more file, and a call. */
class EmptyPlugin extends FlexPluginApi.FlexPlugin {
  constructor() {
    super('EmptyPlugin');
  }

  init() {}
}

FlexPluginApi.loadPlugin(EmptyPlugin);
