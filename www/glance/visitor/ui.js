import { SelfView } from './self-view.js';
import styles from './ui.css';

const ENDED = {
  agent: 'The agent has ended the session. This page is no longer shared.',
  visitor: 'You have ended the session. This page is no longer shared.',
  error: 'The session was interrupted. This page is no longer shared.',
};

/** How long a message stays. */
const MESSAGE_MS = 8_000;

/**
 * What Glance shows on the visitor's page: the terms, a frame with a bar while the page is shared,
 * and messages. All of it is in one shadow root and marked, so that the agent does not see it.
 */
export class Ui {
  /** The visitor has pressed "End session". */
  onend = () => {};
  #termsUrl;
  #root;
  #selfView;
  #timer;

  /** @param {import('./config.js').Config} config */
  constructor({ termsUrl }) {
    this.#termsUrl = termsUrl;
  }

  /**
   * @param {boolean} withVideo
   * @returns {Promise<boolean>} Whether the visitor accepts the terms.
   */
  askForConsent(withVideo) {
    const dialog = this.#part('terms');
    this.#part('terms-video').hidden = !withVideo;
    const { promise, resolve } = withResolver();
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'accept'), {
      once: true,
    });
    if (!dialog.open) {
      dialog.returnValue = '';
      dialog.showModal();
    }
    return promise;
  }

  /** The floating button that shows the terms. Sites move it by its ID, so it is in their page. */
  showButton(onclick) {
    if (document.getElementById('glance_cobrowse_btn')) {
      return;
    }
    const button = document.createElement('button');
    button.id = 'glance_cobrowse_btn';
    button.type = 'button';
    button.textContent = 'Share this page';
    button.dataset.glanceMasked = '';
    button.style.cssText = 'position:fixed;right:16px;bottom:16px;z-index:2147483000';
    button.addEventListener('click', onclick);
    document.body.append(button);
  }

  async showSession(key, withVideo) {
    this.#part('session').hidden = false;
    this.#part('key').textContent = key;
    this.#part('message').hidden = true;
    if (withVideo && !(await this.#selfView.start())) {
      this.say('Your camera cannot be used. The session goes on without video.');
    }
  }

  hideSession() {
    if (this.#root) {
      this.#part('session').hidden = true;
      this.#selfView.stop();
      this.showAgents(0);
      this.showConnection(true);
    }
  }

  showAgents(count) {
    const watching = count === 1 ? '1 agent is watching' : `${count} agents are watching`;
    this.#part('agents').textContent = count ? watching : 'No agent is watching yet';
    this.#part('session').classList.toggle('watched', count > 0);
  }

  showConnection(isUp) {
    this.#part('drop').hidden = isUp;
    this.#part('agents').hidden = !isUp;
  }

  sayEnded(reason) {
    this.say(ENDED[reason] ?? ENDED.error);
  }

  say(text) {
    const message = this.#part('message');
    message.textContent = text;
    message.hidden = false;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      message.hidden = true;
    }, MESSAGE_MS);
  }

  #part(id) {
    this.#root ??= this.#create();
    return this.#root.getElementById(id);
  }

  #create() {
    const host = document.createElement('div');
    host.id = 'glance-ui';
    host.dataset.glanceMasked = '';
    const root = host.attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
    root.adoptedStyleSheets = [sheet];
    root.innerHTML = `
      <dialog id="terms" aria-labelledby="terms-title">
        <form method="dialog">
          <h2 id="terms-title">Share this page with our agent?</h2>
          <p>The agent sees the pages of this site that you open in this browser, and where you
            point. Nothing else on your screen is shown. Passwords and card numbers stay hidden.</p>
          <p>You can end the session at any time.
            <a id="terms-link" target="_blank" rel="noreferrer" hidden>Read the terms</a></p>
          <p id="terms-video" hidden>This session has video: your camera is switched on, and you see
            its picture in the corner of the page.</p>
          <div class="buttons">
            <button value="decline">Decline</button>
            <button value="accept" class="primary" autofocus>Accept</button>
          </div>
        </form>
      </dialog>
      <section id="session" aria-label="Glance session" hidden>
        <div class="frame"></div>
        <video id="self-view" aria-label="Your camera" autoplay muted playsinline hidden></video>
        <div class="bar">
          <span class="dot"></span>
          <span class="what">You are sharing this page</span>
          <span>Key <b id="key"></b></span>
          <span id="agents" role="status">No agent is watching yet</span>
          <span id="drop" role="status" hidden>Connecting again…</span>
          <button type="button" id="end">End session</button>
        </div>
      </section>
      <p id="message" role="status" hidden></p>`;
    if (this.#termsUrl) {
      const link = root.getElementById('terms-link');
      link.href = this.#termsUrl;
      link.hidden = false;
    }
    this.#selfView = new SelfView(root.getElementById('self-view'));
    root.getElementById('end').addEventListener('click', () => this.onend());
    document.documentElement.append(host);
    return root;
  }
}

function withResolver() {
  let resolve;
  const promise = new Promise((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
