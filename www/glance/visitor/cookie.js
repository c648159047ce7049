/**
 * The visitor's session cookie on the site's own domain: session key and a random disambiguator.
 * By it the session goes on when the next page loads, and in the site's other tabs.
 */

const NAME = 'GlanceSession';

/** @returns {{key: string, visitor: string, video: boolean} | undefined} */
export function readSession() {
  const cookie = document.cookie.split('; ').find((pair) => pair.startsWith(`${NAME}=`));
  const [key, visitor, video] = (cookie ?? '')
    .slice(NAME.length + 1)
    .split(':')
    .map(decodeURIComponent);
  return key && visitor ? { key, visitor, video: video === 'video' } : undefined;
}

export function writeSession({ key, visitor, video }, domain) {
  const value = [key, visitor, video ? 'video' : ''].map(encodeURIComponent).join(':');
  document.cookie = `${NAME}=${value}${attributes(domain)}`;
}

export function clearSession(domain) {
  document.cookie = `${NAME}=; max-age=0${attributes(domain)}`;
}

function attributes(domain) {
  return `; path=/; samesite=lax${domain ? `; domain=${domain}` : ''}`;
}
