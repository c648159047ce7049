import { FlexPlugin } from '@twilio/flex-plugin';
import * as Flex from '@twilio/flex-ui';

// @ts-ignore It has no types.
import { startTabbedCrmContainer } from './TabbedCrmContainer';
import { addFeatures } from './utils/feature-loader';

export default class MatrixPlugin extends FlexPlugin {
  constructor() {
    super('MatrixPlugin');
  }

  init(flex: typeof Flex, manager: Flex.Manager) {
    startTabbedCrmContainer(flex, manager);
    addFeatures(flex, manager);
  }
}
