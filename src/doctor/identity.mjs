/** The two spellings of a Flex identity. */

/**
 * The plain form of an identity as Flex escapes it: `maria_40example_2Ecom` is `maria@example.com`.
 * What is not escaped so throughout comes back as it is. `decode` of `functions/getloginkey.js` tells
 * the source of the rule. The cases are in `vectors/identity.json`, which the Function runs as well.
 * @param {string} identity
 */
export function decodeIdentity(identity) {
  try {
    const plain = decodeURIComponent(identity.replace(/%/g, '%25').replace(/_/g, '%'));
    return plain !== '' && encode(plain) === identity ? plain : identity;
  } catch (_) {
    return identity;
  }
}

function encode(plain) {
  const hex = (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(plain)
    .replace(/[-_.!~*'()]/g, hex)
    .replace(/%/g, '_');
}
