// What administrators and their editors are told of the settings is what is read.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { importSources } from '../js/import.mjs';

const { SETTINGS, readSettings } = await importSources('settings-table.js', 'configuration.js');

const read = (name) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');
const schema = JSON.parse(read('settings.schema.json'));
const examples = [...read('docs/administrators.md').matchAll(/```json\n([^]*?)```/g)].map(
  ([, json]) => JSON.parse(json),
);

test('the schema has the settings that are read, and no others are taken', () => {
  assert.deepEqual(
    Object.keys(schema.properties),
    SETTINGS.map(({ name }) => name),
  );
  assert.equal(schema.additionalProperties, false);
  assert.deepEqual(schema.required, ['group_id', 'auth_url']);
  for (const [name, { description }] of Object.entries(schema.properties)) {
    assert.ok(description.endsWith('.'), name);
  }
});

test('the examples of the document are taken as they are', () => {
  const [hosted, own] = examples;
  const { props, problems } = readSettings(hosted.ui_attributes, own);
  assert.deepEqual(problems, []);
  assert.deepEqual(props, {
    groupid: 12345,
    authurl: 'https://your-domain.twil.io/getloginkey',
    openlocation: 'tab',
    presence: true,
    glancebaseurl: 'production',
  });
  const named = Object.keys(hosted.ui_attributes.custom_data.features.glance_cobrowse);
  schema.required.forEach((name) => assert.ok(named.includes(name), name));
});

test('the plugin that people copy takes the package of its own version', () => {
  const { version } = JSON.parse(read('package.json'));
  const plugin = JSON.parse(read('plugin/package.json'));
  assert.deepEqual([plugin.version, plugin.dependencies['flex-glance']], [version, version]);
});
