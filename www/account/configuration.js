// Flex's Configuration, read and written as an administrator does it.

const CONFIGURATION = '/twilio/flex-api.twilio.com/v1/Configuration';
const FEATURE = 'glance_cobrowse';

/** @returns {Promise<{configuration: object, settings: object}>} all of it, and our settings in it */
export async function read() {
  const configuration = await ask('GET');
  const settings = configuration.ui_attributes?.custom_data?.features?.[FEATURE] ?? {};
  return { configuration, settings };
}

/**
 * Sets settings, or takes them away where they are undefined. What others have written meanwhile stays:
 * Twilio replaces `ui_attributes` as a whole, so it is read anew right before.
 */
export async function write(changes) {
  const { configuration, settings } = await read();
  const { account_sid, ui_attributes: attributes } = configuration;
  const data = attributes?.custom_data;
  const own = Object.fromEntries(
    Object.entries({ ...settings, ...changes }).filter(([, value]) => value !== undefined),
  );
  const custom_data = { ...data, features: { ...data?.features, [FEATURE]: own } };
  await ask('POST', { account_sid, ui_attributes: { ...attributes, custom_data } });
}

async function ask(method, body) {
  const response = await fetch(CONFIGURATION, {
    method,
    headers: {
      authorization: `Basic ${document.body.dataset.administrator}`,
      'content-type': 'application/json',
    },
    body: body && JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.message);
  return answer;
}
