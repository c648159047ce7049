// What the masking journeys search for. Words with "canary" in them must never leave the visitor's
// page, those with "visible" must, so that a page that sends nothing at all does not pass.

import { expect } from './visitor.mjs';

/** Puts into the page what the steps below need. */
export function prepare(page) {
  return page.evaluate(makeTools);
}

function makeTools() {
  const get = (id) => document.getElementById(id);
  window.tools = {
    get,
    main: document.querySelector('main'),
    /** Types as a framework does: by the property, with an event. */
    type(field, value) {
      const element = typeof field === 'string' ? get(field) : field;
      element.value = value;
      element.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
    },
  };
}

export function add(page, html) {
  return page.evaluate((it) => window.tools.main.insertAdjacentHTML('beforeend', it), html);
}

/** A field that says `word` wherever a field can say something. */
export function field(id, type, word, className = '') {
  return `<input id="${id}" type="${type}" class="${className}" value="${word}-value"
    placeholder="${word}-placeholder" title="${word}-title" aria-label="${word}-aria-label"
    data-x="${word}-data">`;
}

/** A box that says `word` in all kinds of content; it is masked if that is "canary". */
export function box(id, word) {
  return `<div id="${id}" class="${word === 'canary' ? 'glance_masked' : 'plain'}"
      title="${word}-title" data-x="${word}-data" aria-label="${word}-aria-label">
    <p>${word}-text <b>${word}-bold</b></p>
    ${field(`${id}-field`, 'text', word)}
    <select><option>${word}-option</option><option>${word}-option-2</option></select>
    <textarea>${word}-textarea</textarea>
  </div>`;
}

let steps = 0;

/** Does something to the page and returns when all that it caused has been sent. */
export async function step(visitor, act) {
  await act();
  // Twice, because a changed value is reported a moment after it changed.
  for (let i = 0; i < 2; i += 1) {
    const mark = `visible-step-${(steps += 1)}-`;
    await add(visitor.page, `<i>${mark}</i>`);
    await expect
      .poll(() => visitor.sent.some((it) => it.includes(mark)), { intervals: [20] })
      .toBe(true);
  }
}

/** A step that runs in the page, with the tools. */
export function inPage(visitor, act, argument) {
  const script = `(${act})(window.tools, ${JSON.stringify(argument)})`;
  return step(visitor, () => visitor.page.evaluate(script));
}

/**
 * Has the whole page sent once more, lets an agent come, and searches everything that was sent.
 *
 * @param {string[]} words Some of the visible words that must have been sent.
 */
export async function check(visitor, watch, words) {
  const pictures = () => visitor.sent.filter((message) => message.includes('"full":true')).length;
  const before = pictures();
  await inPage(visitor, ({ main }) => main.lastElementChild.classList.add('glance_masked'));
  await expect.poll(pictures).toBeGreaterThan(before);
  const viewer = await watch(await visitor.visitorId());
  await step(visitor, () => visitor.page.mouse.move(50, 50));
  await expect(viewer.mirrored.getByText(`visible-step-${steps}-`)).toBeVisible();

  const sent = visitor.sent.join('\n');
  const canaries = (text) => [...new Set(text.match(/canary[\w-]*/g))];
  expect(canaries(sent), 'masked words that were sent').toEqual([]);
  expect(
    words.filter((word) => !sent.includes(word)),
    'visible words that were not',
  ).toEqual([]);
  expect(canaries(await viewer.mirrored.locator('html').innerHTML())).toEqual([]);
}
