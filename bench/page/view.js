// Writes down what the component drew, so that it can be drawn again without it.

/**
 * @param {import('./place.js').Place} place
 * @returns {{slot: string, html: string} | null} Null if nothing is to be seen.
 */
export function view(place) {
  const section = place.find('section.glance');
  if (!section) return null;
  const copy = section.cloneNode(true);
  const copies = [copy, ...copy.querySelectorAll('*')];
  [section, ...section.querySelectorAll('*')].forEach((it, i) => {
    keepProperties(it, copies[i]);
    dropVolatile(copies[i]);
    sortAttributes(copies[i]);
  });
  return { slot: section.dataset.slot, html: copy.outerHTML };
}

/** What is to be seen and no attribute tells. */
function keepProperties(element, copy) {
  if (element.matches(':popover-open')) copy.setAttribute('data-open', '');
  if (element.localName === 'input' && element.value) copy.setAttribute('value', element.value);
}

const LINK = /#glance=[0-9a-f]{32}\.[0-9a-z]+/;

/** Takes away what differs from one recording to the next: numbers of instances, times, addresses. */
function dropVolatile(copy) {
  for (const { name, value } of Array.from(copy.attributes)) {
    const number = /^(glance-\w+)-\d+$/.exec(value);
    if (number) copy.setAttribute(name, number[1]);
    // The key and the time of an invitation by link.
    else if (name === 'value')
      copy.setAttribute(name, value.replace(LINK, `#glance=${'0'.repeat(32)}.0`));
    // A style is the theme's, or the place of what floats.
    else if (name === 'style' || (name === 'title' && value === '')) copy.removeAttribute(name);
  }
  if (copy.matches('a')) copy.setAttribute('href', '#');
  if (copy.matches('.timer')) copy.textContent = '0:42';
}

/** Their order says nothing. */
function sortAttributes(copy) {
  const attributes = Array.from(copy.attributes, ({ name, value }) => [name, value]).sort();
  for (const [name] of attributes) copy.removeAttribute(name);
  for (const [name, value] of attributes) copy.setAttribute(name, value);
}
