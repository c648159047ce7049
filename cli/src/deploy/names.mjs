// What deploy calls what it makes, and where it is.

export const SERVERLESS = 'serverless.twilio.com';
export const UPLOAD = 'serverless-upload.twilio.com';
export const FLEX = 'flex-api.twilio.com';

export const SERVICE = 'flex-glance';
export const ENVIRONMENT = 'production';
export const FUNCTION_PATH = '/getloginkey';
export const PLUGIN = 'flex-glance';
export const FEATURE = 'glance_cobrowse';

/** Twilio's current Node.js for Functions. A newer one that somebody chose stays. */
export const RUNTIME = 'node22';

/**
 * Begins the names of the Function's variables that keep what deploy gave a setting, and what was there before.
 * They are kept there and not in `ui_attributes`, which belongs to others and which every agent reads; a plugin
 * version's changelog is written once, and a setting may be given many times.
 */
export const NOTE = 'FLEX_GLANCE_SET_';

export const PLUGINS_API = '/v1/PluginService';

/** Begins the names of the plugin configurations that deploy makes. */
export const CONFIGURATION_NAME = 'flex-glance';
/** Begins the descriptions of those that undo something. */
export const UNDO = 'flex-glance-cli deploy --undo';

/** @param {string} version Of this package. */
export function bundlePath(version) {
  return `/plugins/${PLUGIN}/${version}/bundle.js`;
}

/** The asset's name tells what is in it: Twilio gives nobody an asset's bytes back. */
export function assetName({ version, bundleDigest }) {
  return `plugin ${version} ${bundleDigest}`;
}
