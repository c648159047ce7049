// A registration by Flex's configuration: where it is, what it follows, and that nothing of it is left.

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import { createTestPage } from './page.mjs';

const BASIS = { group_id: 12345, auth_url: 'https://acme.twil.io/getloginkey' };

beforeEach(({ mock }) => mock.method(console, 'error', () => {}));

const hosted = (glance_cobrowse) => ({ custom_data: { features: { glance_cobrowse } } });
const own = (glance_cobrowse) => ({ config_overrides: { features: { glance_cobrowse } } });

/** A page whose Flex has these settings, and whose plugin registers by them. */
function begin(settings, { overrides, roles = ['agent'] } = {}) {
  const page = createTestPage();
  const manager = Object.assign(page.manager, {
    serviceConfiguration: { ui_attributes: hosted(settings) },
    user: { identity: 'maria', roles },
  });
  const end = page.plugin.registerFromConfiguration(page.flex, manager, overrides);
  return { ...page, end };
}

const configured = (page) => page.calls('configure').pop()[1];

test('the settings are the props, and who is logged in is the Partner UID', async () => {
  const page = begin({ ...BASIS, open_location: 'tab' });
  await page.load();
  const { groupid, authurl, openlocation, puid, glancebaseurl } = configured(page);
  assert.deepEqual([groupid, authurl], [BASIS.group_id, BASIS.auth_url]);
  assert.deepEqual([openlocation, glancebaseurl], ['tab', 'production']);
  assert.equal(puid(), 'maria');
});

test('props of the plugin’s author win over the settings', async () => {
  const page = begin({ ...BASIS, open_location: 'tab' }, { overrides: { openlocation: 'window' } });
  await page.load();
  assert.equal(configured(page).openlocation, 'window');
});

test('a placement is where it says, and switched off it is nowhere', () => {
  for (const [settings, contents] of [
    [{}, ['flex-glance-host', 'flex-glance']],
    [{ placement: 'panel' }, ['flex-glance-panel']],
    [{ placement: 'both' }, ['flex-glance-host', 'flex-glance', 'flex-glance-panel']],
    [{ enabled: false }, []],
  ]) {
    const page = begin({ ...BASIS, ...settings });
    assert.deepEqual(page.contents(), contents);
    page.end();
    assert.deepEqual(page.contents(), []);
  }
});

test('a worker’s settings that change are told, once each, and the contents stay', async () => {
  const page = begin(BASIS);
  await page.load();
  const contents = page.contents();
  const before = page.calls('configure').length;
  page.setWorkerAttributes(own({ open_location: 'window' }));
  assert.equal(configured(page).openlocation, 'window');
  page.setWorkerAttributes({ ...own({ open_location: 'window' }), skills: ['chat'] });
  assert.equal(page.calls('configure').length, before + 1);
  assert.deepEqual(page.contents(), contents);
  page.setWorkerAttributes({});
  assert.equal(configured(page).openlocation, undefined);
});

test('a change of place puts it there before the old place lets go, so that sessions go on', async () => {
  const page = begin(BASIS);
  await page.load();
  page.setWorkerAttributes(own({ placement: 'both' }));
  assert.equal(page.contents().length, 3);
  assert.equal(page.instances.length, 1);
  assert.deepEqual(page.calls('dispose'), []);
  page.setWorkerAttributes(own({ enabled: false }));
  assert.deepEqual(page.contents(), []);
});

test('taken back, it follows nothing any more', async () => {
  const page = begin(BASIS);
  await page.load();
  page.end();
  const before = page.calls('configure').length;
  page.setWorkerAttributes(own({ placement: 'both', open_location: 'tab' }));
  assert.deepEqual(page.contents(), []);
  assert.equal(page.calls('configure').length, before);
  page.end();
});

test('what is wrong goes along with who reads it, and no value does', async () => {
  for (const [roles, isAdministrator] of [
    [['agent'], false],
    [['admin'], true],
  ]) {
    const page = begin({ ...BASIS, api_key: 'canary' }, { roles });
    await page.load();
    const told = configured(page).configured;
    assert.equal(told.isAdministrator, isAdministrator);
    assert.deepEqual(told.problems, [{ kind: 'secret', name: 'api_key' }]);
  }
});

test('a Flex that has none of it throws nothing at the plugin', () => {
  const page = createTestPage();
  const end = page.plugin.registerFromConfiguration(page.flex, {});
  assert.equal(page.contents().length, 2);
  end();
});
