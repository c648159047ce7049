// Divides the width between the shop and the desktop: by dragging, or with the arrow keys.

const STORE = 'shop-width';
const STEP = 2;

export function startDivider() {
  const divider = document.getElementById('divider');
  const panes = document.getElementById('panes');
  const least = Number(divider.getAttribute('aria-valuemin'));
  const most = Number(divider.getAttribute('aria-valuemax'));
  const usual = Number(divider.getAttribute('aria-valuenow'));
  let width = Number(localStorage.getItem(STORE)) || usual;

  /** @param {number} percent The shop's share of the width. */
  function set(percent) {
    width = Math.min(most, Math.max(least, Math.round(percent)));
    divider.setAttribute('aria-valuenow', width);
    panes.style.setProperty('--shop', `${width}fr`);
    panes.style.setProperty('--desktop', `${100 - width}fr`);
    localStorage.setItem(STORE, width);
  }

  divider.addEventListener('pointerdown', (event) => {
    divider.setPointerCapture(event.pointerId);
    document.body.classList.add('dragging');
  });
  divider.addEventListener('pointermove', (event) => {
    if (!divider.hasPointerCapture(event.pointerId)) return;
    const { left, width: whole } = panes.getBoundingClientRect();
    set(((event.clientX - left) / whole) * 100);
  });
  divider.addEventListener('lostpointercapture', () => {
    document.body.classList.remove('dragging');
  });
  divider.addEventListener('dblclick', () => set(usual));
  divider.addEventListener('keydown', (event) => {
    const to = {
      ArrowLeft: width - STEP,
      ArrowRight: width + STEP,
      Home: least,
      End: most,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    set(to);
  });
  set(width);
}
