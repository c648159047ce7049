// A plugin with all that may be in one: the main entry in the task header, the other subpaths beside.
import { FlexPlugin } from '@twilio/flex-plugin';
import { registerTaskCanvasHeader } from 'flex-glance';
import { defineFlexGlance } from 'flex-glance/element';
import { setModuleUrl } from 'flex-glance/external';
import { visitorId } from 'flex-glance/visitor';

export default class MatrixPlugin extends FlexPlugin {
  constructor() {
    super('MatrixPlugin');
  }

  init(flex, manager) {
    window.matrixPlugin = [defineFlexGlance, setModuleUrl, visitorId].every(
      (it) => typeof it === 'function',
    );
    registerTaskCanvasHeader(flex, manager, {
      ...manager.serviceConfiguration.ui_attributes.glance,
      puid: manager.user.identity,
    });
  }
}
