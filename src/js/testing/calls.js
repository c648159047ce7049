// @ts-check
/** What the component did, for a test to look at. */
export function createCalls() {
  let all = [];
  let isEnding = false;
  return {
    /**
     * @param {string} what
     * @param {object} [details]
     */
    note(what, details) {
      if (!isEnding) all.push({ what, ...details });
    },
    /** In order. */
    all: () => all.slice(),
    /** Forgets them. What a desk does as it ends is not noted, until `begin`. */
    reset() {
      all = [];
      isEnding = true;
    },
    begin() {
      isEnding = false;
    },
  };
}
