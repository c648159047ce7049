// The main entry in the task header, as `init` of the template's plugin calls it, and every subpath.
import { registerTaskCanvasHeader } from 'flex-glance';

import './subpaths';

export function addGlance(flex, manager) {
  registerTaskCanvasHeader(flex, manager, {
    ...manager.serviceConfiguration.ui_attributes.glance,
    puid: manager.user.identity,
  });
}
