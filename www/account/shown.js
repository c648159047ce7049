// What the account has, as tables and lists.

import { element } from './element.js';

/** The active release's plugins, and how many releases there were before. */
export function showReleased(place, { releases, plugins }) {
  const active = releases.at(-1);
  if (!active?.plugins.length) {
    place.append(
      element('p', { textContent: 'No plugin is released, so Flex starts without any.' }),
    );
  } else {
    place.append(
      table(
        ['Plugin', 'Version', 'Bundle'],
        active.plugins.map(({ unique_name: name, version }) => {
          const plugin = plugins.find((it) => it.unique_name === name);
          const { plugin_url: url, private: isPrivate } = plugin.versions.find(
            (it) => it.version === version,
          );
          return [name, version, isPrivate ? `${url} (private)` : url];
        }),
      ),
    );
  }
  const others = plugins.flatMap(({ unique_name: name, versions }) =>
    versions
      .filter(({ version }) => !isReleased(active, name, version))
      .map(({ version }) => `${name} ${version}`),
  );
  if (others.length) {
    place.append(
      element('h3', { textContent: 'Not released' }),
      element('p', { textContent: others.join(', ') }),
    );
  }
}

const isReleased = (release, name, version) =>
  release?.plugins.some((it) => it.unique_name === name && it.version === version);

/** Each service's environments: where they answer, and with what. */
export function showServices(place, { services }) {
  if (!services.length) {
    const textContent = 'No service is deployed. The sandbox itself runs the login-key Function.';
    place.append(element('p', { textContent }));
  }
  for (const { unique_name: service, environments } of services) {
    for (const environment of environments) {
      place.append(
        element('h3', { textContent: `${service}, ${environment.unique_name}` }),
        list([
          ['Address', `https://${environment.domain_name}`],
          ['Functions', files(environment.functions)],
          ['Assets', files(environment.assets)],
          ['Variables', environment.variables.join(', ') || 'none'],
        ]),
      );
    }
  }
}

const files = (list) =>
  list?.map(({ path, visibility }) => `${path} (${visibility})`).join(', ') || 'none';

function table(heads, rows) {
  const cells = (name, texts) => texts.map((textContent) => element(name, { textContent }));
  const head = cells('th', heads);
  head.forEach((cell) => (cell.scope = 'col'));
  return element(
    'table',
    {},
    element('thead', {}, element('tr', {}, ...head)),
    element('tbody', {}, ...rows.map((row) => element('tr', {}, ...cells('td', row)))),
  );
}

const list = (rows) =>
  element(
    'dl',
    {},
    ...rows.flatMap(([term, description]) => [
      element('dt', { textContent: term }),
      element('dd', { textContent: description }),
    ]),
  );
