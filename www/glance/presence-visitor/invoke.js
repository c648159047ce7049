/**
 * Calls a function of the `GLANCE` namespace, for example `GLANCE.Cobrowse.Visitor.showTerms`.
 *
 * Each step of the path is an own property, so that nothing inherited can be reached. What is not a
 * function is not called; the page's console says so, since no agent hears of it.
 *
 * @param {string} path
 * @param {unknown} args The only argument.
 */
export function invoke(path, args) {
  const [first, ...names] = path.split('.');
  let owner;
  let value = first === 'GLANCE' && names.length ? window.GLANCE : undefined;
  for (const name of names) {
    owner = value;
    const isOwn = owner !== null && owner !== undefined && Object.hasOwn(owner, name);
    value = isOwn ? owner[name] : undefined;
  }
  if (typeof value === 'function') {
    value.call(owner, args ?? undefined);
  } else {
    console.warn(`Glance Presence: "${path}" is not a function of this page.`);
  }
}
