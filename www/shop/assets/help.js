import { connectPresence, disconnectPresence } from './presence.js';
import { onSharing, session, share } from './sharing.js';

const STORE = 'help';

/** What the visitor reads in each state of the task. */
const CHAT = {
  pending: 'You are in a chat with us. An agent will join in a moment.',
  accepted: 'An agent has joined the chat.',
  transferred: 'A colleague is taking over.',
};
const CALL = {
  pending: 'We are calling. An agent will answer in a moment.',
  accepted: 'An agent is on the phone with you.',
  transferred: 'You are being put through to a colleague.',
};
const OVER = {
  rejected: 'No agent is free right now. Please try again.',
  gone: 'The connection to our help desk was lost. Please try again.',
};

const panel = document.getElementById('help');
let task = JSON.parse(sessionStorage.getItem(STORE) ?? 'null');
let source;

/** Fills the help corner of the page and goes on with what was begun on an earlier page. */
export function startHelp() {
  panel.innerHTML = `
    <details id="help-panel">
      <summary>Help</summary>
      <div class="help-body">
        <form id="help-ask">
          <label>Your name <input name="name" autocomplete="name" required maxlength="60"></label>
          <button name="kind" value="chat">Chat with us</button>
          <button name="kind" value="call">Call us</button>
        </form>
        <div id="help-task" hidden>
          <p id="help-state" role="status"></p>
          <p id="help-key" hidden>Tell the agent this key: <b id="help-digits"></b></p>
          <p id="help-sharing" hidden>You are sharing this page with us.</p>
          <button type="button" id="help-share">Share this page</button>
          <button type="button" id="help-leave" class="quiet"></button>
        </div>
      </div>
    </details>`;
  get('help-ask').addEventListener('submit', ask);
  get('help-share').addEventListener('click', () => share(task.kind));
  get('help-leave').addEventListener('click', leave);
  onSharing((event) => {
    drawSharing(session());
    if (event === 'sessionstart' && task?.kind === 'chat') {
      get('help-panel').open = false;
    }
  });
  drawSharing(session());
  if (task) {
    get('help-panel').open = task.kind === 'call' || !session();
    follow();
  }
}

function get(id) {
  return document.getElementById(id);
}

async function ask(event) {
  event.preventDefault();
  const kind = event.submitter.value;
  const name = event.target.elements.name.value;
  const { visitorid } = window.GLANCE_COBROWSE;
  const body = JSON.stringify({ kind, name, visitor_id: visitorid });
  const headers = { 'Content-Type': 'application/json' };
  const response = await fetch('/help', { method: 'POST', headers, body }).catch(() => null);
  if (!response?.ok) {
    draw('gone');
    return;
  }
  const { sid } = await response.json();
  task = { kind, sid, visitorid };
  sessionStorage.setItem(STORE, JSON.stringify(task));
  follow();
}

/** Shows the task's states as the shop's server pushes them; a chat makes the visitor present. */
function follow() {
  if (task.kind === 'chat') {
    connectPresence(task.visitorid);
  }
  source = new EventSource(`/help/${task.sid}`);
  source.addEventListener('message', ({ data }) => draw(data));
  draw('pending');
}

function leave() {
  if (task.sid) {
    fetch(`/help/${task.sid}`, { method: 'DELETE' });
  }
  forget();
  draw('none');
}

function forget() {
  source?.close();
  disconnectPresence();
  sessionStorage.removeItem(STORE);
  task = null;
}

function draw(state) {
  const words = task?.kind === 'call' ? CALL : CHAT;
  const isOpen = state in words;
  const over = task?.kind === 'call' ? 'The call has ended.' : 'The chat has ended.';
  get('help-task').hidden = state === 'none';
  get('help-ask').hidden = isOpen;
  get('help-state').textContent = words[state] ?? OVER[state] ?? over;
  get('help-leave').hidden = !isOpen;
  get('help-leave').textContent = task?.kind === 'call' ? 'Hang up' : 'End chat';
  if (!isOpen) {
    forget();
  }
  drawSharing(session());
}

/** @param {{key: string} | undefined} session The Glance session, if one runs. */
function drawSharing(session) {
  const isCall = task?.kind === 'call';
  document.body.classList.toggle('sharing', Boolean(session));
  get('help-share').hidden = !task || Boolean(session);
  get('help-sharing').hidden = !session || isCall;
  get('help-key').hidden = !session || !isCall;
  get('help-digits').textContent = isCall && session ? session.key.split('').join(' ') : '';
}
