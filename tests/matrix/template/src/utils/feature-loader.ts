import * as Flex from '@twilio/flex-ui';

import { FeatureDefinition } from '../types/feature-loader';
// @ts-ignore `import-glob` makes a list of it.
import features from '../feature-library/*';

/** Adds all features: strings first, whatever order the hooks have. */
export function addFeatures(flex: typeof Flex, manager: Flex.Manager): void {
  const registered: FeatureDefinition[] = features.map(({ register }: any) => register());
  const hooks = registered.flatMap((feature) => feature.hooks ?? []);
  for (const { stringHook } of hooks.filter((hook) => hook.stringHook)) {
    manager.strings = { ...stringHook(flex, manager)['en-US'], ...manager.strings };
  }
  for (const { componentHook } of hooks.filter((hook) => hook.componentHook)) {
    componentHook(flex, manager);
  }
}
