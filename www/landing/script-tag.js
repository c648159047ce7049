// The form that makes Glance's script tag for a site, with the package's own builder.
import { scriptTag } from '/visitor.mjs';

const form = document.getElementById('script-tag');
const tag = document.getElementById('tag');
const problem = document.getElementById('tag-problem');
const copy = document.getElementById('copy-tag');

export function startScriptTag() {
  form.addEventListener('input', show);
  form.addEventListener('submit', (event) => event.preventDefault());
  copy.addEventListener('click', copyTag);
  show();
}

function show() {
  try {
    tag.textContent = scriptTag(options());
    problem.textContent = '';
  } catch (error) {
    tag.textContent = '';
    problem.textContent = error.message;
  }
  copy.disabled = !tag.textContent;
}

/** What is filled in, in the form that `scriptTag` takes. */
function options() {
  const filled = [...new FormData(form)].map(([name, value]) => [name, value.trim()]);
  const given = Object.fromEntries(filled.filter(([, value]) => value));
  if (given.additionalgroupids) {
    given.additionalgroupids = given.additionalgroupids.split(/[\s,]+/);
  }
  if (given.inputevents) given.inputevents = { 'ctrl-13': given.inputevents };
  return given;
}

async function copyTag() {
  try {
    await navigator.clipboard.writeText(tag.textContent);
    problem.textContent = 'Copied.';
  } catch (_) {
    problem.textContent = 'The browser does not allow copying: select the tag and copy it.';
  }
}
