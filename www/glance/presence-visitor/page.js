/** Browsers by the name in their user agent; the more special ones come first. */
const BROWSERS = [
  ['Edge', /Edg\/([\d.]+)/],
  ['Firefox', /Firefox\/([\d.]+)/],
  ['Chrome', /Chrome\/([\d.]+)/],
  ['Safari', /Version\/([\d.]+).*Safari/],
];

/** What the first `presence` of a page says by itself. */
export function describePage() {
  const [browser, browserver] = nameBrowser(navigator.userAgent);
  return { url: location.href, browser, browserver, platform: navigator.platform };
}

function nameBrowser(userAgent) {
  for (const [name, pattern] of BROWSERS) {
    const match = pattern.exec(userAgent);
    if (match) {
      return [name, match[1]];
    }
  }
  return ['', ''];
}
