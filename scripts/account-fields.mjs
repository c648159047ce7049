// Writes sandbox/account/fields.json: which fields and answers Twilio's published OpenAPI description
// has for the operations that the sandbox stands in for.
//
//   git clone --branch 2.6.7 https://github.com/twilio/twilio-oai ../twilio-oai
//   node scripts/account-fields.mjs ../twilio-oai 2.6.7
//
// The second argument is the tag that is checked out (or that a bare copy has). Needs no network.

import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import yaml from 'js-yaml';

const [checkout, version] = process.argv.slice(2);
if (!version) {
  console.error('Usage: node scripts/account-fields.mjs CHECKOUT_OF_TWILIO_OAI TAG');
  process.exit(2);
}

const HOSTS = { serverless: 'serverless.twilio.com', flex: 'flex-api.twilio.com' };

/** The operations that the stand-in knows, by the beginnings of their paths; logs are not among them. */
const WANTED = /^\/v1\/(Services|PluginService\/|Configuration$)/;
const UNWANTED = /\/Logs(\/|$)/;

/** Not in the description: twilio.com/docs/serverless/api/resource/function-version and …/asset-version. */
const uploads = ['Function', 'Asset'].map((kind) => ({
  method: 'POST',
  host: 'serverless-upload.twilio.com',
  path: `/v1/Services/{ServiceSid}/${kind}s/{${kind}Sid}/Versions`,
  status: 201,
  media: 'multipart/form-data',
  body: {
    Content: { type: 'file', required: true },
    Path: { type: 'string', required: true },
    Visibility: { type: 'string', required: true, values: ['public', 'private', 'protected'] },
  },
}));

const operations = Object.entries(HOSTS).flatMap(([product, host]) => {
  const description = read(`spec/yaml/twilio_${product}_v1.yaml`);
  return Object.entries(description.paths)
    .filter(([path]) => WANTED.test(path) && !UNWANTED.test(path))
    .flatMap(([path, item]) =>
      ['get', 'post', 'delete']
        .filter((method) => item[method])
        .map((method) => operation(description, host, path, method, item[method])),
    );
});

/** One operation as the table has it. */
function operation(description, host, path, method, { parameters = [], requestBody, responses }) {
  const [status, response] = Object.entries(responses)[0];
  const answer = Object.values(response.content ?? {})[0]?.schema;
  const names = Object.keys(resolve(description, answer).properties ?? {});
  const list = names.includes('meta') ? names.find((name) => name !== 'meta') : undefined;
  const item = list && resolve(description, resolve(description, answer).properties[list].items);
  const [media, content] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  // The description says nothing of Configuration's body but that it is JSON: it has the answer's members.
  const open = media === 'application/json' && !Object.keys(content.schema.properties ?? {}).length;
  return {
    method: method.toUpperCase(),
    host,
    path,
    status: Number(status),
    query: parameters.filter(({ in: place }) => place === 'query').map(({ name }) => name),
    ...(media && {
      media,
      body: open
        ? Object.fromEntries(names.map((name) => [name, { required: name === 'account_sid' }]))
        : fields(description, content.schema),
    }),
    ...(list && { list }),
    answer: item ? Object.keys(item.properties) : names,
  };
}

function fields(description, { properties = {}, required = [] }) {
  return Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => {
      const { type, enum: values } = resolve(description, schema);
      return [name, { type, required: required.includes(name), ...(values && { values }) }];
    }),
  );
}

function resolve(description, schema = {}) {
  if (!schema.$ref) return schema;
  return description.components.schemas[schema.$ref.split('/').at(-1)];
}

function read(path) {
  return yaml.load(
    execFileSync('git', ['-C', checkout, 'show', `${version}:${path}`], {
      encoding: 'utf8',
      maxBuffer: 1 << 24,
    }),
  );
}

const source =
  'https://github.com/twilio/twilio-oai: spec/yaml/twilio_serverless_v1.yaml and twilio_flex_v1.yaml';
writeFileSync(
  new URL('../sandbox/account/fields.json', import.meta.url),
  `${JSON.stringify({ source, version, licence: 'Apache-2.0', operations: [...operations, ...uploads] }, null, 2)}\n`,
);
