/**
 * Plays a page that will not be framed, as a sign-in page of an identity provider, or a hostile one:
 * it tries to take the place of the page around it, by itself and after each click in it. The page's
 * `data-attempts` says what was tried.
 */
export function takeOver() {
  if (window.top === window) {
    return;
  }
  attempt('by-itself');
  addEventListener('click', () => attempt('after-a-click'), { capture: true });
}

function attempt(when) {
  const url = `${location.origin}/agentjoin/login-to-flex?${when}`;
  const link = document.createElement('a');
  link.href = url;
  link.target = '_top';
  for (const navigate of [
    () => window.top.location.replace(url),
    () => (window.top.location.href = url),
    () => window.open(url, '_top'),
    () => link.click(),
  ]) {
    try {
      navigate();
    } catch (error) {
      console.warn(`The viewer could not leave its frame ${when}: ${error.message}`);
    }
  }
  const { dataset } = document.body;
  dataset.attempts = [...new Set([...(dataset.attempts ?? '').split(' '), when])].join(' ').trim();
}
