// Keeps secrets out of whatever is printed: errors of Twilio's and requests among it.

/** What is shorter is part of too many words to be taken out of them. */
const SHORTEST = 4;

/** @returns What takes every secret that it was told of out of a text. */
export function createSecrets() {
  const known = new Set();
  return {
    /** @param {string | undefined} secret */
    add(secret) {
      if (typeof secret !== 'string' || secret.length < SHORTEST) return;
      const asJson = JSON.stringify(secret).slice(1, -1);
      for (const form of [secret, asJson, encodeURIComponent(secret)]) known.add(form);
      known.add(Buffer.from(secret).toString('base64'));
    },
    /** @param {string} text */
    strike(text) {
      // The longest first: one may be part of another.
      return [...known]
        .sort((a, b) => b.length - a.length)
        .reduce((rest, secret) => rest.replaceAll(secret, '(removed)'), text);
    },
  };
}
