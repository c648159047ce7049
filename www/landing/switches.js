// The scenario's switches, applied through the control API as soon as one is turned.
//
// A switch is named after its member of the scenario; `settings.x` and `flex_config.x` are members
// of those two objects, empty where the desktop's own value counts.

const CONTROL = '/control/scenario';

const form = document.getElementById('switches');
const applied = document.getElementById('applied');
const desktop = document.getElementById('desktop');

export function startSwitches() {
  form.addEventListener('change', ({ target }) => turn(target));
  form.addEventListener('reset', reset);
  form.addEventListener('submit', (event) => event.preventDefault());
  // Someone else may have turned a switch, so it is looked up when it comes into view.
  document.getElementById('scenario').addEventListener('toggle', show);
  show();
}

async function turn(control) {
  const [name, member] = control.name.split('.');
  if (!control.reportValidity()) return;
  let value = control.type === 'number' ? control.valueAsNumber : control.value;
  if (member) {
    const whole = (await ask('GET'))[name];
    delete whole[member];
    if (value) whole[member] = member === 'theme' ? JSON.parse(value) : value;
    value = whole;
  }
  await ask('POST', { [name]: value });
  applied.textContent = 'Applied.';
  if (member || 'restarts' in control.dataset) startDesktopAgain();
}

async function reset() {
  const { settings, flex_config: config } = await ask('GET');
  await ask('DELETE');
  applied.textContent = 'Everything works again.';
  if (Object.keys({ ...settings, ...config }).length) startDesktopAgain();
}

/** Turns the switches on the page to where the scenario has them. */
async function show() {
  const scenario = await ask('GET');
  for (const control of form.querySelectorAll('select, input')) {
    const [name, member] = control.name.split('.');
    const value = member ? (scenario[name][member] ?? '') : scenario[name];
    control.value = typeof value === 'string' ? value : JSON.stringify(value);
  }
}

function startDesktopAgain() {
  desktop.src = new URL('/', desktop.src).href;
}

/** @returns {Promise<object>} the scenario after the request */
async function ask(method, changes) {
  const response = await fetch(CONTROL, {
    method,
    headers: changes && { 'content-type': 'application/json' },
    body: changes && JSON.stringify(changes),
  });
  if (!response.ok) {
    applied.textContent = await response.text();
    throw new Error(applied.textContent);
  }
  return response.json();
}
