/** How much later an answer comes that comes twice. */
const AGAIN_MS = 500;

/**
 * Calls back with an answer of the stand-in's server, in the way that the scenario wants.
 *
 * @param {{sandbox?: 'silent' | 'twice'}} answer What goes wrong on purpose; the callbacks do not see it.
 * @param {(answer: object) => void} callBack
 */
export function deliver({ sandbox, ...answer }, callBack) {
  if (sandbox === 'silent') {
    return;
  }
  callBack(answer);
  if (sandbox === 'twice') {
    setTimeout(() => callBack({ ...answer }), AGAIN_MS);
  }
}
