/** What the mock shows of one component: roles, names and words of the real one, without its looks. */
import { enter, given, note, script, sessions, visitors } from './desk.js';
import {
  endSession,
  faultOf,
  followLink,
  keyOf,
  meet,
  set,
  startSession,
  words,
} from './sessions.js';

const REQUIRED = [
  ['groupid', 'expected_groupid'],
  ['authurl', 'expected_authurl'],
  ['glancebaseurl', 'expected_environment'],
  ['puid', 'expected_puid'],
];

/** Status for the Function's failures that have one. */
const STATUS = { failed_refused: 403, failed_fault: 500 };

export class View {
  /** @param {Element} element The element that React made. What is shown are light children of it. */
  constructor(element, props) {
    this.props = props;
    this.document = element.ownerDocument;
    this.box = this.document.createElement('section');
    element.append(this.box);
    // In a real browser a shadow host shows its own children in a slot alone.
    if (!element.shadowRoot.querySelector('slot')) element.shadowRoot.append(make(this, 'slot'));
  }

  remove() {
    this.box.remove();
  }

  say(name, filling) {
    return words(this.props.strings, name, filling);
  }

  render() {
    const { slot } = this.props;
    this.box.textContent = '';
    // A host is there for the viewer alone.
    this.box.hidden = slot === 'host';
    this.box.setAttribute('aria-label', this.say(slot === 'header' ? 'region' : 'region_panel'));
    if (slot !== 'host') this.fill();
  }

  fill() {
    const missing = REQUIRED.filter(([name]) => this.props[name] === undefined);
    const { task } = this.props;
    if (missing.length > 0) {
      this.button(this.say('cobrowse'));
      const lines = missing.map(([prop, expected]) =>
        this.say('prop_missing', { prop, expected: this.say(expected) }),
      );
      this.message([this.say('not_set_up'), ...lines]);
    } else if (!task) {
      this.button(this.say('cobrowse'));
      this.status('no_task');
    } else if (keyOf(task) === undefined && !isBusy(sessions.get(task.sid))) {
      this.main('have_key', () => this.openForm());
      this.status('no_visitor');
      this.form();
    } else this.session(sessions.get(task.sid) || { viewer: 'closed', meeting: 'apart' });
  }

  session({ viewer, meeting, failure }) {
    const { task } = this.props;
    const dismiss = () => set(enter(task, this.props), { viewer: 'closed', meeting: 'apart' });
    const start = () => this.invoke('GlanceStartSession', { sid: task.sid });
    const close = () => this.invoke('GlanceEndSession', { sid: task.sid });
    const askAgain = () => meet(enter(task, this.props));
    if (viewer === 'gettingKey') {
      this.button(this.say('cobrowse'));
      this.side('cancel', dismiss);
      this.status('getting_key');
    } else if (viewer === 'open') {
      this.main('bring_to_front', start);
      this.side('close_viewer', close);
      this.status(meeting === 'inSession' ? 'in_session' : 'viewer_open');
    } else if (viewer === 'blocked') {
      this.main(undefined, start);
      const link = make(this, 'a', { href: '#', textContent: this.say('open_viewer') });
      link.addEventListener('click', (event) => {
        event.preventDefault();
        followLink(task.sid);
      });
      this.message([this.say('blocked')], link, this.makeButton(this.say('cancel'), dismiss));
    } else if (viewer === 'failed') {
      this.main('try_again', start);
      const retry = this.makeButton(this.say('try_again'), start);
      const put = this.makeButton(this.say('dismiss'), dismiss);
      this.message([this.say(failure, { status: STATUS[failure] })], retry, put);
      this.form();
    } else if (meeting === 'asked' || meeting === 'awaiting') {
      this.button(this.say('cobrowse'));
      this.side('cancel', dismiss);
      this.status(meeting === 'asked' ? 'visitor_asked' : 'awaiting_visitor');
    } else if (meeting === 'absent' || meeting === 'left' || meeting === 'declined') {
      this.main(undefined, start);
      const wait = () => set(enter(task, this.props), { meeting: 'awaiting' });
      const [way, act] =
        meeting === 'declined' ? ['ask_again', askAgain] : ['wait_for_visitor', wait];
      const onward = this.makeButton(this.say(way), act);
      const put = this.makeButton(this.say('dismiss'), dismiss);
      this.message([this.say(`visitor_${meeting}`)], onward, put);
      this.form();
    } else {
      this.main(undefined, start);
      if (meeting === 'inSession') this.status('session_unseen');
      else if (meeting === 'over') this.status('session_over');
      else this.whereabouts(keyOf(task));
      this.form();
    }
  }

  whereabouts(visitorId) {
    if (!this.props.presence) return;
    if (script.presence) {
      this.status('presence_unavailable', { reason: this.say(`presence_${script.presence}`) });
      return;
    }
    const { page, browser } = visitors.get(visitorId) || {};
    const place = [page, browser].filter(Boolean).join(' · ');
    if (!visitors.has(visitorId)) this.status('visitor_away');
    else if (place) this.status('visitor_here_at', { page: place });
    else this.status('visitor_here');
  }

  /** By Flex's Actions where the test has them run, as the real buttons do. */
  invoke(action, payload) {
    if (given.host.perform(action, payload)) return;
    if (action === 'GlanceEndSession') endSession(payload.sid);
    else startSession(enter(this.props.task, this.props), payload.sessionKey);
  }

  openForm() {
    this.box.querySelector('form').hidden = false;
    this.box.querySelector('input').focus();
  }

  form() {
    if (!this.box.querySelector('[data-form]')) {
      const open = this.side('have_key', () => this.openForm());
      open.dataset.form = '';
    }
    const form = make(this, 'form', { hidden: true, noValidate: true });
    const label = make(this, 'label', { textContent: this.say('key_label') });
    const field = make(this, 'input', { name: 'key' });
    const hint = make(this, 'p');
    const join = make(this, 'button', { type: 'submit', textContent: this.say('join') });
    label.append(field);
    form.setAttribute('aria-label', this.say('have_key'));
    form.append(label, join, hint);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const sessionKey = field.value
        .replace(/\s/g, '')
        .replace(/^[\d-]+$/, (digits) => digits.replace(/-/g, ''));
      const fault = faultOf(sessionKey);
      if (fault) {
        hint.textContent = this.say(...fault);
        hint.setAttribute('role', 'alert');
        field.setAttribute('aria-invalid', 'true');
        return;
      }
      note('keyTyped', { sid: this.props.task.sid, sessionKey });
      this.invoke('GlanceJoinWithKey', { sid: this.props.task.sid, sessionKey });
    });
    this.box.append(form);
  }

  main(says, act) {
    const button = this.button(this.say('cobrowse'), act);
    if (says) button.setAttribute('aria-label', `${this.say('cobrowse')}: ${this.say(says)}`);
    if (says === 'have_key') button.dataset.form = '';
  }

  side(name, act) {
    return this.button(this.say(name), act);
  }

  button(text, act) {
    const button = this.makeButton(text, act);
    this.box.append(button);
    return button;
  }

  makeButton(text, act) {
    const button = make(this, 'button', { type: 'button', textContent: text });
    if (act) button.addEventListener('click', act);
    else button.setAttribute('aria-disabled', 'true');
    return button;
  }

  status(name, filling) {
    const status = make(this, 'p', { textContent: this.say(name, filling) });
    status.setAttribute('role', 'status');
    this.box.append(status);
  }

  message(lines, ...ways) {
    const box = make(this, 'div');
    box.setAttribute('role', 'alert');
    box.append(...lines.map((textContent) => make(this, 'p', { textContent })), ...ways);
    this.box.append(box);
  }
}

function isBusy(session) {
  return Boolean(session) && session.viewer !== 'closed';
}

function make(view, name, properties) {
  return Object.assign(view.document.createElement(name), properties);
}
