// What the steps of a plan are. Pure: a step says what it asks of Twilio, and what the account is like afterwards.

/**
 * @typedef {import('./account.mjs').Account} Account
 *
 * @typedef {object} Step
 * @property {string} key Names the step for programs; two steps of one plan may share it.
 * @property {string} what For people: one line, or more with details under it.
 * @property {import('./twilio.mjs').Request} request
 * @property {any} pretend What Twilio would answer, with stand-ins for what it alone knows.
 * @property {(answer: any) => Account} after
 * @property {boolean} [isShared] It touches what is others' too: look again right before.
 * @property {(answer: any) => boolean} [isPending] Ask again for a while as long as this holds.
 */

/** Changes one entry of a list that has a `sid`, or adds it. */
export function upserted(list, entry) {
  const others = list.filter(({ sid }) => sid !== entry.sid);
  return [...others, entry];
}

/** What a step is in one line: without its details, which stand in the plan. */
export function headline(what) {
  return what.split('\n')[0].replace(/:$/, '');
}
