import { FeatureDefinition } from '../../types/feature-loader';
import { isFeatureEnabled } from './config';
// @ts-ignore The template's build makes a list of all files of it.
import hooks from './flex-hooks/**/*.*';

export const register = (): FeatureDefinition =>
  isFeatureEnabled() ? { name: 'glance-cobrowse', hooks: hooks ?? [] } : {};
