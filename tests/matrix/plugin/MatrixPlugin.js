// A plugin with the main entry in the task header, and every other subpath imported beside it.
// `./subpaths` is written by `checks/flex.mjs`.
import { FlexPlugin } from '@twilio/flex-plugin';
import { registerTaskCanvasHeader } from 'flex-glance';

import { subpaths } from './subpaths';

export default class MatrixPlugin extends FlexPlugin {
  constructor() {
    super('MatrixPlugin');
  }

  init(flex, manager) {
    window.matrixSubpaths = subpaths;
    registerTaskCanvasHeader(flex, manager, {
      ...manager.serviceConfiguration.ui_attributes.glance,
      puid: manager.user.identity,
    });
  }
}
