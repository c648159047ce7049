import * as Flex from '@twilio/flex-ui';

/** The account's features, with the worker's own over them. */
export function getFeatureFlags(): any {
  const { serviceConfiguration, workerClient } = Flex.Manager.getInstance();
  const { custom_data = {} } = serviceConfiguration.ui_attributes as any;
  const { config_overrides = {} } = (workerClient?.attributes ?? {}) as any;
  const features = { ...custom_data.features };
  for (const [name, own] of Object.entries<object>(config_overrides.features ?? {})) {
    features[name] = { ...features[name], ...own };
  }
  return { ...custom_data, features };
}
