// The page of the account: what it has, and the form that changes the settings.

import { read, write } from './configuration.js';
import { createFields } from './fields.js';
import { showReleased, showServices } from './shown.js';

const form = document.getElementById('settings');
const outcome = document.getElementById('outcome');

const [account, schema, { settings }] = await Promise.all([
  fetch('/control/account').then((answer) => answer.json()),
  fetch('/settings.schema.json').then((answer) => answer.json()),
  read(),
]);

showReleased(document.getElementById('released'), account);
showServices(document.getElementById('services'), account);

const fields = createFields(schema, settings);
document.getElementById('fields').append(...fields.elements);

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const problems = fields.problems();
  if (problems.length) {
    outcome.textContent = `Nothing is saved. ${problems.join(' ')}`;
    form.querySelector(':invalid').focus();
    return;
  }
  outcome.textContent = 'Saving…';
  try {
    await write(fields.changes());
    fields.saved();
    outcome.textContent = 'Saved. A desktop that is open takes it when it is loaded again.';
  } catch (error) {
    outcome.textContent = `Nothing is saved: ${error.message}`;
  }
});
