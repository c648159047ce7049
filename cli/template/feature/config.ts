import { getFeatureFlags } from '../../utils/configuration';
import GlanceCobrowseSettings from './types/ServiceConfiguration';

/** Off until somebody switches it on. The other settings are read by flex-glance itself. */
export const isFeatureEnabled = (): boolean => {
  const settings: GlanceCobrowseSettings = getFeatureFlags()?.features?.glance_cobrowse ?? {};
  return String(settings.enabled) === 'true';
};
