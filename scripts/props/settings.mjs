/**
 * The settings of Flex's hosted configuration, in each form that is committed: rows of the table of props
 * that have a `setting`. One of several members is a setting for each (`host_web`).
 *
 * @typedef {import('./outputs.mjs').Row} Row
 */

/** What a JSON Schema says of the values, by kind. Stricter than the component, which takes any case. */
const VALUES = {
  hours: () => ({
    anyOf: [
      { type: 'number', exclusiveMinimum: 0 },
      { type: 'string', pattern: '^[1-9][0-9]*$' },
    ],
  }),
  integer: () => ({
    anyOf: [
      { type: 'integer', minimum: 1, maximum: 4_294_967_295 },
      { type: 'string', pattern: '^0*[1-9][0-9]{0,9}$' },
    ],
  }),
  address: () => ({ type: 'string', format: 'uri', pattern: '^https?://' }),
  oneOf: ({ values }) => ({ enum: values }),
  flag: () => ({ type: 'boolean' }),
  video: () => ({
    anyOf: [
      { enum: ['off', 'agent', 'multiway'] },
      {
        type: 'object',
        properties: { agent: { type: 'string' }, visitor: { type: 'string' } },
        additionalProperties: false,
        minProperties: 1,
      },
    ],
  }),
  sandbox: () => ({ anyOf: [{ const: false }, { type: 'string' }] }),
  text: () => ({ type: 'string', minLength: 1 }),
  hosts: () => ({ type: 'string', minLength: 1 }),
  object: () => ({ type: 'object' }),
};

/** @param {Row[]} rows What `src/js/configuration.js` reads. */
export function settingsList(rows) {
  return settingsOf(rows)
    .map(({ row, name, member, setting }) => {
      const entry = { name };
      if (row.prop) entry.prop = row.name;
      else if (row.kind === 'flag') entry.values = [true, false];
      else entry.values = row.values;
      if (member) entry.member = member;
      if (setting.workers) entry.isWorkers = true;
      if (setting.default) entry.standsFor = setting.default;
      return `${JSON.stringify(entry)},`;
    })
    .join('\n');
}

/** @param {Row[]} rows The whole file `settings.schema.json`, for editors. */
export function schema(rows) {
  const settings = settingsOf(rows);
  const properties = settings.map(({ row, name, setting }) => [
    name,
    {
      description: [row.help, row.details].filter(Boolean).join(' '),
      ...VALUES[row.kind](row),
      ...(setting.default && { default: setting.default }),
    },
  ]);
  const required = settings.filter(isRequired).map(({ name }) => name);
  return JSON.stringify({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Settings of flex-glance',
    description:
      "The member ui_attributes.custom_data.features.glance_cobrowse of Flex's hosted configuration. Every agent can read it: it holds no secret.",
    type: 'object',
    properties: Object.fromEntries(properties),
    required,
    additionalProperties: false,
  });
}

/** @param {Row[]} rows The table for administrators. */
export function administratorsTable(rows) {
  return [
    '',
    '| Setting | Values | Default | What it does | A change counts | A worker’s own |',
    '|---|---|---|---|---|---|',
    ...settingsOf(rows).map((it) =>
      [
        '',
        `\`${it.name}\``,
        valuesOf(it.row),
        defaultOf(it),
        it.member ? `${it.row.help} (\`${it.member}\`)` : it.row.help,
        it.row.counts,
        it.setting.workers ? 'yes' : 'no',
        '',
      ]
        .join(' | ')
        .trim(),
    ),
    '',
  ].join('\n');
}

function settingsOf(rows) {
  return rows
    .filter(({ setting }) => setting)
    .flatMap((row) => {
      const { setting, members } = row;
      if (members.length === 0) return [{ row, setting, name: setting.name }];
      return members.map((member) => ({ row, setting, member, name: `${setting.name}_${member}` }));
    });
}

function isRequired({ row, setting }) {
  return row.required && !setting.default;
}

function defaultOf(it) {
  if (isRequired(it)) return 'has to be set';
  return it.setting.default ? `\`${it.setting.default}\`` : it.row.default;
}

function valuesOf({ kind, values, type }) {
  if (kind === 'oneOf') return values.map((value) => `\`${value}\``).join(', ');
  if (kind === 'flag') return '`true`, `false`';
  if (kind === 'integer' || kind === 'hours') return 'a number';
  if (kind === 'address') return 'an https address';
  if (kind === 'text') return 'a text';
  if (kind === 'hosts') return 'a host name';
  if (kind === 'video') return '`off`, `agent`, `multiway`';
  return kind === 'sandbox' ? 'a text, or `false`' : `an object (\`${type}\`)`;
}
