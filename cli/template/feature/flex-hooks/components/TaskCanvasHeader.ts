import * as Flex from '@twilio/flex-ui';
import { registerFromConfiguration } from 'flex-glance';

import { PREFIX } from '../strings';

export const componentName = 'TaskCanvasHeader';

/** The button in the task's header, and by the setting `placement` a panel: in the CRM tabs, one for each task. */
export const componentHook = function addGlanceCobrowse(flex: typeof Flex, manager: Flex.Manager) {
  registerFromConfiguration(flex, manager, { strings: ownTexts(manager.strings) });
};

/** What this feature's strings replace of flex-glance's texts. */
function ownTexts(strings: object): Record<string, string> {
  const own = Object.entries(strings).filter(([name]) => name.startsWith(PREFIX));
  return Object.fromEntries(own.map(([name, text]) => [name.slice(PREFIX.length), text]));
}
