/** The two spellings of a Flex identity. */

/**
 * The plain form of an identity as Flex escapes it: `maria_40example_2Ecom` is `maria@example.com`.
 * An underscore and two hexadecimal digits stand for one byte of UTF-8. What is not escaped so comes
 * back as it is.
 *
 * Source: README of `twilio-flex-token-validator`, whose `identity` is the escaped form of its
 * `realm_user_id`.
 * @param {string} identity
 */
export function decodeIdentity(identity) {
  const escaped = identity
    .replace(/%/g, '%25')
    .replace(/_([0-9A-Fa-f]{2})/g, (_, digits) => `%${digits}`);
  try {
    return decodeURIComponent(escaped);
  } catch (_) {
    return identity;
  }
}
