// Versions, in the order of semver. Pure.

const FORM = /^(\d+)\.(\d+)\.(\d+)(?:-([\w.-]+))?(?:\+[\w.-]+)?$/;

/** @returns {number} Below zero if `a` is the older one. What is no version is older than any. */
export function compareVersions(a, b) {
  const [left, right] = [a, b].map((version) => FORM.exec(version));
  if (!left || !right) return Number(Boolean(left)) - Number(Boolean(right));
  for (const at of [1, 2, 3]) {
    if (left[at] !== right[at]) return Number(left[at]) - Number(right[at]);
  }
  return comparePrereleases(left[4], right[4]);
}

/** The version after which nothing else of a release comes: `1.2.3` is followed by `1.2.4-redeploy.2`. */
export function redeployed(version, times) {
  const [, major, minor, patch] = FORM.exec(version);
  return `${major}.${minor}.${Number(patch) + 1}-redeploy.${times}`;
}

function comparePrereleases(a, b) {
  if (a === b) return 0;
  if (a === undefined || b === undefined) return a === undefined ? 1 : -1;
  const [left, right] = [a, b].map((text) => text.split('.'));
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    if (left[at] === right[at]) continue;
    if (left[at] === undefined || right[at] === undefined) return left[at] === undefined ? -1 : 1;
    const areNumbers = [left[at], right[at]].map((part) => /^\d+$/.test(part));
    if (areNumbers[0] && areNumbers[1]) return Number(left[at]) - Number(right[at]);
    if (areNumbers[0] !== areNumbers[1]) return areNumbers[0] ? -1 : 1;
    return left[at] < right[at] ? -1 : 1;
  }
  return 0;
}
