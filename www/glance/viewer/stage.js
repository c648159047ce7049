import { Replayer } from 'rrweb';

const FULL_SNAPSHOT = 2;

/** Events are shown this much later than they happened, so that the cursor moves evenly. */
const DELAY_MS = 120;

/** Masked fields arrive as empty boxes; this makes them look covered instead of empty. */
const MASKED_STYLE = [
  `[data-glance-masked] {
    background: repeating-linear-gradient(135deg, #b9c3cd 0 6px, #d7dee5 6px 12px) !important;
  }`,
  ':is(a, b, code, em, i, label, small, span)[data-glance-masked] { display: inline-block; }',
];

/** The visitor's page as the agent sees it, scaled to fit. */
export class Stage {
  #root;
  #replayer;
  #size;

  /** @param {HTMLElement} root */
  constructor(root) {
    this.#root = root;
    new ResizeObserver(() => this.#fit()).observe(root);
  }

  /** Nothing has been shown yet. */
  get isEmpty() {
    return !this.#replayer;
  }

  /**
   * Plays recorded events. Whatever comes before the first full snapshot is left out.
   *
   * @param {object[]} events
   * @param {{scheme: 'light' | 'dark'}} page The scheme in which the visitor sees the page.
   */
  play(events, { scheme }) {
    if (!this.#replayer) {
      if (!events.some(({ type }) => type === FULL_SNAPSHOT)) {
        return;
      }
      this.#open();
    }
    this.#replayer.iframe.style.colorScheme = scheme;
    events.forEach((event) => this.#replayer.addEvent(event));
  }

  clear() {
    this.#replayer?.destroy();
    this.#replayer = undefined;
    this.#size = undefined;
  }

  #open() {
    this.#replayer = new Replayer([], {
      root: this.#root,
      liveMode: true,
      // The virtual DOM of fast-forwarding is never written back in live mode.
      useVirtualDom: false,
      mouseTail: false,
      showWarning: false,
      triggerFocus: false,
      insertStyleRules: MASKED_STYLE,
    });
    const { iframe } = this.#replayer;
    iframe.name = 'pageframe';
    iframe.title = 'The visitor’s page';
    iframe.tabIndex = -1;
    this.#replayer.on('resize', (size) => {
      this.#size = size;
      this.#fit();
    });
    this.#replayer.startLive(Date.now() - DELAY_MS);
  }

  #fit() {
    if (!this.#replayer || !this.#size) {
      return;
    }
    const { clientWidth, clientHeight } = this.#root;
    const { width, height } = this.#size;
    const scale = Math.min(1, clientWidth / width, clientHeight / height);
    const left = Math.max(0, (clientWidth - width * scale) / 2);
    const { style } = this.#replayer.wrapper;
    style.width = `${width}px`;
    style.height = `${height}px`;
    style.transformOrigin = '0 0';
    style.transform = `translate(${left}px, 0) scale(${scale})`;
  }
}
