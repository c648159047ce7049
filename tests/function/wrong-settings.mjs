/** Settings that the Function has to refuse. */

import { SETTINGS } from './handler.mjs';

const SID = SETTINGS.ACCOUNT_SID;

/** What is wrong for each variable; `null` stands for one that is not set. */
export const WRONG = {
  GLANCE_API_KEY: [
    null,
    '',
    ' ',
    '\t',
    'secret-api-key\n',
    ' secret-api-key',
    'secret api-key',
    // What comes along with a copy.
    ...['"secret-api-key"', "'secret-api-key'", '`secret-api-key`', '<secret-api-key>'],
    ...['“secret-api-key”', '«secret-api-key»', 'secret-api-key…', 'secret–api–key'],
    ...[
      '\ufeffsecret-api-key',
      'secret-api-key\u200b',
      'secret\u00adapi-key',
      'secret\u00a0api-key',
    ],
    ...[
      'secret-api-key\0',
      'secret-api-key\u007f',
      'secret-api-key\u001b[0m',
      '\u202esecret-api-key',
    ],
    ...['ключ-secret', 'secret-é', 'secret-e\u0301', 'ｓecret', 'secret-🔑', 'secret-\ud800'],
  ],
  GLANCE_GROUP_ID: [
    ...[null, '', ' ', '0', '-1', '1.5', '1e4', ' 20541', '20541 ', '20541\n', '20 541', '20541a'],
    ...[
      '0x10',
      '+1',
      'NaN',
      'undefined',
      'null',
      '[object Object]',
      '01',
      '1'.repeat(11),
      '２０５４１',
    ],
  ],
  GLANCE_EXPIRATION: [
    ...[
      null,
      '',
      ' ',
      '0',
      '-0',
      '-3600',
      '1h',
      '3600.5',
      '3600.0',
      '1e3',
      '1E4',
      ' 3600',
      '3600 ',
    ],
    ...['3600\n', '36 00', '3,600', '0x10', '+3600', 'NaN', 'Infinity', 'undefined', 'null'],
    ...['86401', '100000', '9'.repeat(400), '٣٦٠٠'],
  ],
  PARTNER_USER_ID: [
    ' ',
    'Identity',
    'identity ',
    'puid',
    'undefined',
    '__proto__',
    '1',
    'realm,decoded',
  ],
  ALLOWED_ROLES: [' ', ',', ' , ', 'agent;supervisor', 'agent supervisor', '"agent"', '*'],
  ALLOWED_ORIGINS: [
    ...[' ', ',', '*', 'null', 'localhost:3000', 'flex.twilio.com', 'ftp://a.example'],
    // What URL takes for an origin, and no browser sends.
    ...['https://*.example.com', 'https://*', 'https://a.example:*', 'https://flex.twilio.com/*'],
    ...['https://a.example;https://b.example', 'https://a.example; https://b.example'],
    ...['https://a.example https://b.example', 'https://a.exa mple', 'https://a.exa\tmple'],
    ...['https://a.example|https://b.example', 'https://(a|b).example', 'https://a+b.example'],
    ...['https://a.example/https://b.example', 'https://a.example/agent;b', 'https://a.example\\b'],
    ...['https://agent@a.example', 'https://agent:word@a.example', 'https://@a.example'],
    ...['https://a.example?x=1', 'https://a.example/#/agent', 'https://a.example/%20'],
    ...['https://"a.example"', '"https://a.example"', "'https://a.example'", '<https://a.example>'],
    ...[
      'https://${FLEX}',
      'https://{flex}.example',
      'https://<your-domain>',
      "https://a'b.example",
    ],
    ...['https://', 'https:///a.example', 'https:a.example', 'https://.', 'https://.example'],
    ...['https://a..example', 'https://a.example..', `https://${'a'.repeat(64)}.example`],
    ...[`https://${'a.'.repeat(127)}example`, 'https://a.example:0', 'https://a.example:65536'],
    ...['https://[::1', 'https://[a]', 'https://256.1.1.1', 'https://a%2e*'],
    ...[
      '\u200bhttps://a.example',
      'https://a.example!',
      'https://*.b.example,https://flex.twilio.com',
    ],
  ],
  ACCOUNT_SID: [
    null,
    '',
    ' ',
    'AC1',
    'SK00000000000000000000000000000000',
    `${SID}/..`,
    `${SID}\n`,
  ],
  AUTH_TOKEN: [
    null,
    '',
    ' ',
    'secret auth-token',
    'secret-auth-token\n',
    'secret-auth-token\u200b',
    '"secret"',
  ],
  TWILIO_REGION: [' ', 'IE1', 'evil.example/', 'ie1.evil.example#', 'ie1\n', '-'],
};
