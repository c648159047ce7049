import { chat, foldChat, onChat } from './chat.js';
import { onSharing, session, share } from './sharing.js';

const STORE = 'help';

/** What the visitor reads in each state of the call. */
const CALL = {
  pending: 'We are calling. An agent will answer in a moment.',
  accepted: 'An agent is on the phone with you.',
  transferred: 'You are being put through to a colleague.',
};
const OVER = {
  rejected: 'No agent is free right now. Please try again.',
  gone: 'The connection to our help desk was lost. Please try again.',
};

/** A page on which the help corner and the chat do not fit side by side. */
const narrow = matchMedia('(max-width: 40rem)');

const panel = document.getElementById('help');
let call = JSON.parse(sessionStorage.getItem(STORE) ?? 'null');
let source;

/** Fills the help corner of the page and goes on with a call that was begun on an earlier page. */
export function startHelp() {
  panel.innerHTML = `
    <details id="help-panel">
      <summary>Help</summary>
      <div class="help-body">
        <form id="help-ask">
          <label>Your name <input name="name" autocomplete="name" required maxlength="60"></label>
          <button>Call us</button>
        </form>
        <div id="help-task">
          <p id="help-state" role="status"></p>
          <p id="help-key" hidden>Tell the agent this key: <b id="help-digits"></b></p>
          <p id="help-sharing" hidden>You are sharing this page with us.</p>
          <button type="button" id="help-share">Share this page</button>
          <button type="button" id="help-leave" class="quiet" hidden>Hang up</button>
        </div>
      </div>
    </details>`;
  get('help-panel').addEventListener('toggle', () => {
    if (get('help-panel').open && narrow.matches) foldChat();
  });
  get('help-ask').addEventListener('submit', ask);
  get('help-share').addEventListener('click', () => share(call ? undefined : chat()));
  get('help-leave').addEventListener('click', leave);
  onChat(drawSharing);
  onSharing((event) => {
    drawSharing();
    if (event === 'sessionstart' && !call) get('help-panel').open = false;
  });
  drawSharing();
  if (call) {
    get('help-panel').open = true;
    follow();
  }
}

function get(id) {
  return document.getElementById(id);
}

async function ask(event) {
  event.preventDefault();
  const body = JSON.stringify({ name: event.target.elements.name.value });
  const headers = { 'Content-Type': 'application/json' };
  const response = await fetch('/help', { method: 'POST', headers, body }).catch(() => null);
  if (!response?.ok) {
    draw('gone');
    return;
  }
  call = await response.json();
  sessionStorage.setItem(STORE, JSON.stringify(call));
  follow();
}

/** Shows the call's states as the shop's server pushes them. */
function follow() {
  source = new EventSource(`/help/${call.sid}`);
  source.addEventListener('message', ({ data }) => draw(data));
  draw('pending');
}

function leave() {
  fetch(`/help/${call.sid}`, { method: 'DELETE' });
  forget();
  draw('none');
}

function forget() {
  source?.close();
  sessionStorage.removeItem(STORE);
  call = null;
}

function draw(state) {
  const isOpen = state in CALL;
  const ended = state === 'none' ? '' : 'The call has ended.';
  get('help-ask').hidden = isOpen;
  get('help-state').textContent = CALL[state] ?? OVER[state] ?? ended;
  get('help-leave').hidden = !isOpen;
  if (!isOpen) forget();
  drawSharing();
}

function drawSharing() {
  const running = session();
  document.body.classList.toggle('sharing', Boolean(running));
  get('help-share').hidden = Boolean(running) || !(call || chat());
  get('help-sharing').hidden = !running || Boolean(call);
  get('help-key').hidden = !running || !call;
  get('help-digits').textContent = call && running ? running.key.split('').join(' ') : '';
}
