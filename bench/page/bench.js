// Runs in the bench page: takes the times. All of them in milliseconds.
import { PROPS, Place, answers, next, task, turn } from './place.js';

const NO_VISITOR = 'This task names no visitor. Ask the customer for their session key.';
const GETTING_KEY = 'Getting the login key…';

const PATIENCE_MS = 20_000;

const BATCH = { mount: 10, update: 50, same: 100, click: 10 };

/** What renders a variant. Preact's is the one that is bundled with it. */
function hostOf({ render, createElement }) {
  if (render) return { createElement, render, unmount: (place) => render(null, place) };
  return {
    createElement: React.createElement,
    render: ReactDOM.render,
    unmount: ReactDOM.unmountComponentAtNode,
  };
}

const loaded = new Map();

/** `name` or, to have it another time, its file with a query. */
const addressOf = (name) => `/${name.includes('.') ? name : `${name}.mjs`}`;

/** Imports a variant once. */
export async function load(name) {
  if (!loaded.has(name)) {
    const module = await import(addressOf(name));
    loaded.set(name, { name, ...hostOf(module), Component: module.TwilioFlexGlance });
  }
  return loaded.get(name);
}

/** Yew and Preact draw a microtask or two after they are told to. */
async function until(isDone) {
  let patience;
  for (let i = 0; !isDone(); i += 1) {
    if (i % 100 < 99) await undefined;
    else await turn();
    if (i === 99) patience = performance.now() + PATIENCE_MS;
    if (i % 100 === 99 && performance.now() > patience) {
      throw new Error('What was to be seen did not come.');
    }
  }
}

/** From the call that renders it to the button in the page. */
async function mount(variant) {
  const places = [];
  let spent = 0;
  for (let i = 0; i < BATCH.mount; i += 1) {
    const place = new Place(variant);
    const shown = task(next());
    const begun = performance.now();
    place.render({ task: shown });
    await until(() => place.find('button'));
    spent += performance.now() - begun;
    places.push(place);
  }
  await turn();
  places.forEach((place) => place.remove());
  return spent / BATCH.mount;
}

/** Another task is selected, to what the component says of it. */
async function update(variant) {
  const place = new Place(variant);
  const tasks = [task(next()), task(next(), {})];
  const says = ['', NO_VISITOR];
  place.render({ task: tasks[0] });
  await until(() => place.status === '');
  await turn();
  const begun = performance.now();
  for (let i = 1; i <= BATCH.update; i += 1) {
    place.render({ task: tasks[i % 2] });
    await until(() => place.status === says[i % 2]);
  }
  const spent = performance.now() - begun;
  await turn();
  place.remove();
  return spent / BATCH.update;
}

/** Flex renders again with props that mean nothing to the component. */
async function same(variant) {
  const place = new Place(variant);
  const shown = task(next());
  const { createElement, render, Component } = variant;
  place.render({ task: shown });
  await until(() => place.find('button'));
  await turn();
  const begun = performance.now();
  for (let i = 0; i < BATCH.same; i += 1) {
    const props = { ...PROPS, task: shown, channelDefinition: { name: 'chat' }, index: i };
    render(createElement(Component, props), place.element);
  }
  const spent = performance.now() - begun;
  await turn();
  place.remove();
  return spent / BATCH.same;
}

let openedAt;

/** Notes when a window is opened from `opener`. */
function standInForWindows(opener) {
  const own = opener.open;
  if (own.stands) return;
  opener.open = () => {
    openedAt = performance.now();
    return answers.window();
  };
  opener.open.stands = true;
}

// Windows are opened from an empty frame, which is made when the first component is mounted.
new MutationObserver((_, observer) => {
  const opener = document.getElementById('flex-glance-opener');
  if (!opener) return;
  observer.disconnect();
  standInForWindows(opener.contentWindow);
}).observe(document, { childList: true, subtree: true });

/** From the click to `window.open`, and to the changed status. */
async function click(variant) {
  const spent = { open: 0, reaction: 0 };
  const place = new Place(variant);
  place.render({ task: task(next()) });
  await until(() => place.status === '');
  for (let i = 0; i < BATCH.click; i += 1) {
    await turn();
    const button = place.find('[data-look=main]');
    const begun = performance.now();
    button.click();
    await until(() => place.status === GETTING_KEY);
    const ended = performance.now();
    spent.open += openedAt - begun;
    spent.reaction += ended - begun;
    place.button('Cancel').click();
    await until(() => place.status === '');
  }
  place.remove();
  return { open: spent.open / BATCH.click, reaction: spent.reaction / BATCH.click };
}

const WORKS = { mount, update, same, click };

/**
 * One round of everything, the variants in the order of `names`.
 * @returns {Promise<Record<string, Record<string, number>>>} By variant and figure.
 */
export async function round(names) {
  const times = {};
  for (const [what, work] of Object.entries(WORKS)) {
    for (const name of names) {
      const variant = await load(name);
      await turn();
      const taken = await work(variant);
      const named = typeof taken === 'number' ? { [what]: taken } : taken;
      times[name] = { ...times[name], ...named };
    }
  }
  return times;
}

/** One figure of one variant, several times over, for a profile. */
export async function one(what, name, times) {
  const variant = await load(name);
  const taken = [];
  for (let i = 0; i < times; i += 1) taken.push(await WORKS[what](variant));
  return taken;
}

const many = {};

/** Mounts many at once, of tasks of their own. */
export async function mountMany(name, count) {
  const variant = await load(name);
  many.variant = variant;
  many.element = document.body.appendChild(document.createElement('div'));
  many.tasks = Array.from({ length: count }, () => task(next()));
  await renderMany('Cobrowse');
}

function drawMany() {
  const { createElement, render, Component } = many.variant;
  const { strings } = many;
  const list = many.tasks.map((shown) =>
    createElement(Component, { key: shown.sid, ...PROPS, strings, task: shown }),
  );
  render(createElement('div', null, list), many.element);
}

async function renderMany(cobrowse) {
  many.strings = { cobrowse };
  const label = (host) =>
    host.shadowRoot && host.shadowRoot.querySelector('[data-look=main] .label');
  drawMany();
  await until(() => {
    const instances = many.element.firstChild ? many.element.firstChild.children : [];
    const last = instances.length === many.tasks.length && label(instances[instances.length - 1]);
    return last && last.textContent === cobrowse;
  });
}

/** Changes what all of them say. */
export async function updateMany(times) {
  const taken = [];
  for (let i = 0; i < times; i += 1) {
    await turn();
    const begun = performance.now();
    await renderMany(`Cobrowse ${i}`);
    taken.push(performance.now() - begun);
  }
  return taken;
}

/** One task among them names another visitor, or none, ten times a second; all are rendered each time. */
export async function changeOne(times) {
  const { sid } = many.tasks[0];
  const status = () =>
    many.element.querySelector('.flex-glance').shadowRoot.querySelector('.status');
  for (let i = 1; i <= times; i += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    many.tasks[0] = i % 2 ? task(sid, {}) : task(sid);
    drawMany();
  }
  // The last change waits for a frame.
  const says = times % 2 ? NO_VISITOR : '';
  await until(() => status().textContent === says);
}

export async function unmountMany() {
  many.variant.unmount(many.element);
  many.element.remove();
  many.element = undefined;
  many.tasks = [];
  await turn();
}

/** Mounts to the DOM and unmounts again and again. */
export async function churn(name, times) {
  const variant = await load(name);
  const shown = task('WR-churn');
  const begun = performance.now();
  for (let i = 0; i < times; i += 1) {
    const place = new Place(variant);
    place.render({ task: shown });
    await until(() => place.find('button'));
    place.remove();
    if (i % 50 === 49) await turn();
  }
  const spent = performance.now() - begun;
  await turn();
  return spent;
}

/** From the import to the button, in a page that has done nothing yet. */
export async function firstButton(name) {
  const begun = performance.now();
  const place = new Place(await load(name));
  place.render({ task: task(next()) });
  await new Promise((resolve) => {
    const look = () => place.find('button') && resolve();
    new MutationObserver(look).observe(place.element.firstChild.shadowRoot, {
      childList: true,
      subtree: true,
    });
    look();
  });
  return performance.now() - begun;
}

/** A twin's drawing of every recorded view. */
async function drawn(name, slot) {
  const [variant, { views: recorded }] = await Promise.all([load(name), import('/views.js')]);
  const seen = [];
  for (const [state, { [slot]: draw }] of Object.entries(recorded)) {
    if (draw) seen.push([state, await viewOf(variant, { slot, task: task(next()), view: draw })]);
  }
  return seen;
}

/** What a variant shows of the states that the measurements bring it into. */
async function driven(name) {
  const variant = await load(name);
  const launch = (place) => place.find('[data-look=main]').click();
  const launchAndCancel = async (place) => {
    launch(place);
    await until(() => place.status === GETTING_KEY);
    place.button('Cancel').click();
  };
  return {
    ready: await viewOf(variant, { task: task(next()) }),
    'own words': await viewOf(variant, { task: task(next()), strings: { cobrowse: 'Share' } }),
    'no customer': await viewOf(variant, { task: task(next(), {}) }),
    'another task': await viewOf(variant, { task: task(next()) }, (place) =>
      place.render({ task: task(next(), {}) }),
    ),
    clicked: await viewOf(variant, { task: task(next()) }, launch),
    cancelled: await viewOf(variant, { task: task(next()) }, launchAndCancel),
  };
}

async function viewOf(variant, props, change = () => {}) {
  const { view } = await import('./view.js');
  const place = new Place(variant);
  place.render(props);
  await until(() => place.find('section.glance'));
  await turn();
  await change(place);
  await turn();
  await turn();
  const seen = view(place).html;
  place.remove();
  return seen;
}

/** The component's views in each state in which it shows something in `slot`. */
async function views(slot) {
  const [{ states }, { view }] = await Promise.all([import('./states.js'), import('./view.js')]);
  await firstButton('ours');
  return states(await load('ours'), view, slot);
}

window.bench = {
  round,
  one,
  drawn,
  driven,
  views,
  mountMany,
  updateMany,
  changeOne,
  unmountMany,
  churn,
  firstButton,
};
