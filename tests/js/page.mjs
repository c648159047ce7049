// A page with Flex, the component's runtime in it, and an instance that writes down what it is told.

import { createFakeFlex } from './fake-flex.mjs';
import { createFakeGlue, createSchedule, settle } from './fake-glue.mjs';
import { importSources } from './import.mjs';

const { createFlexHost, createFlexNotifications, createPlugin, createRuntime } =
  await importSources('host/flex.js', 'host/flex-notifications.js', 'plugin.js', 'runtime.js');

// Node.js has neither.
globalThis.navigator ??= { language: 'en-US' };

/** @param {object} [options] `tasks` of the agent; `work`: what an instance does. */
export function createTestPage({ tasks = [], work = {} } = {}) {
  const flex = createFakeFlex(tasks);
  const schedule = createSchedule();
  let host;
  let page;
  const fake = createFakeGlue({
    ...work,
    start(instance, given, ours) {
      page = given;
      host = ours;
      if (work.start) work.start(instance, given, ours);
    },
  });
  const wasm = {
    compile: async () => ({}),
    raisePriority() {},
    assembly: fake.assembly,
    createGlue: fake.createGlue,
  };
  const runtime = createRuntime(createFlexHost(createFlexNotifications), wasm, schedule);
  const plugin = createPlugin(runtime);
  const calls = (name) =>
    fake.instances.flatMap((instance) =>
      instance.calls.filter(([called]) => called === name).map(([, ...args]) => args),
    );
  return {
    ...flex,
    schedule,
    runtime,
    plugin,
    instances: fake.instances,
    calls,
    /** What an instance calls. */
    host: () => host,
    page: () => page,
    register: (props = {}, register = plugin.registerTaskCanvasHeader) =>
      register(flex.flex, flex.manager, props),
    async load() {
      runtime.load();
      await settle();
    },
  };
}
