// @ts-check
/** What the component did, for a test to look at. */
export function createCalls() {
  let all = [];
  return {
    /**
     * @param {string} what
     * @param {object} [details]
     */
    note(what, details) {
      all.push({ what, ...details });
    },
    /** In order. */
    all: () => all.slice(),
    reset() {
      all = [];
    },
  };
}
