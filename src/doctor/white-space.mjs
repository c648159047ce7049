/**
 * A text without the white space around it, which is Unicode's, as for the component. For `trim` of
 * JavaScript a byte order mark is white space too, and the control character U+0085 is not.
 * @param {string} text
 */
export function trim(text) {
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text[start])) start += 1;
  while (start < end && isBlank(text[end - 1])) end -= 1;
  return text.slice(start, end);
}

function isBlank(character) {
  return /\p{White_Space}/u.test(character);
}
