/** A path as it is typed into a shell: in quotation marks where a blank would part it. Every shell takes these. */
export function shellWord(path) {
  return /^[^\s"'()&;|<>*?$`!]+$/.test(path) ? path : `"${path}"`;
}
