/** The panel: a modal dialog on the page's body, in a shadow root of its own. */

import { host as flex } from '../host.mjs';
import { tryPopup } from '../observe/popups.mjs';
import { copyReport } from './copy.mjs';
import { icon, make } from './element.mjs';
import { findingsList } from './findings.mjs';
import { wear } from './look.mjs';
import STYLE from './panel.css';
import { wordsIn } from './words.mjs';

let shown;

/**
 * Opens the panel and examines at once. Focus goes into it, and back when it closes.
 * @param {() => import('../subject.mjs').Subject | undefined} read Gives what is examined, as it is now.
 * @param {(subject: object | undefined, tell: Function) => Promise<import('../examine.mjs').Report>} examine
 */
export function openPanel(read, examine) {
  if (shown) return;
  const { props = {} } = read() || {};
  const words = wordsIn(flex.language(), props.strings);
  const opener = deepestFocus();
  const host = make('div', { class: 'flex-glance-doctor' });
  const root = host.attachShadow({ mode: 'open' });

  let report;
  let run = 0;
  let popup;

  const status = make('p', { class: 'status', role: 'status' });
  const bar = make('progress', { 'aria-label': words('doctor_findings'), max: '1', value: '0' });
  const body = make('div', {
    class: 'body',
    tabindex: '0',
    role: 'region',
    'aria-label': words('doctor_findings'),
  });
  const button = (name, work, kind = 'way') =>
    make('button', { type: 'button', class: kind, onclick: work }, words(name));
  const close = () => dialog.close();
  const again = button('doctor_again', () => start(), 'way strong');
  const popups = button('doctor_popups', () => {
    // Inside the click: afterwards the browser lets nobody open a window.
    popup = tryPopup();
    start();
  });
  const copy = button('doctor_copy', async () => {
    const byHand = await copyReport(report, words('doctor_report'));
    if (byHand) body.prepend(byHand);
    else status.textContent = words('doctor_copied');
    if (byHand) byHand.querySelector('textarea').select();
  });
  const heading = make('h2', { id: 'title', tabindex: '-1' }, words('doctor_title'));
  const dialog = make(
    'dialog',
    { 'aria-labelledby': 'title', onclose: closed },
    make(
      // No `header`: the page has one, and landmarks of a kind want names.
      'div',
      { class: 'head' },
      icon('check'),
      make('div', { class: 'titles' }, heading, status),
      make(
        'button',
        {
          type: 'button',
          class: 'icon-button',
          'aria-label': words('doctor_close'),
          title: words('doctor_close'),
          onclick: close,
        },
        icon('close'),
      ),
    ),
    bar,
    body,
    make('div', { class: 'foot' }, again, popups, copy, button('doctor_close', close)),
  );
  // Flex listens for shortcuts and for what its dialpad dials; here the keys are the panel's.
  for (const type of ['keydown', 'keypress', 'keyup']) {
    dialog.addEventListener(type, (event) => event.stopPropagation());
  }
  wear(dialog, props.theme);
  root.append(make('style', {}, STYLE), dialog);
  document.body.append(host);
  shown = dialog;
  dialog.showModal();
  heading.focus();
  start();

  async function start() {
    run += 1;
    const mine = run;
    busy(true);
    progress({ done: 0, total: 1 });
    const subject = read();
    const told = (state) => mine === run && progress(state);
    const fresh = await examine(subject && { ...subject, popup }, told);
    if (mine !== run || shown !== dialog) return;
    report = fresh;
    busy(false);
    body.replaceChildren(...findingsList(report.findings, words));
    body.scrollTop = 0;
    status.textContent = summary(report.findings);
  }

  function progress({ done, total }) {
    bar.max = total;
    bar.value = done;
    if (total > 1) status.textContent = words('doctor_running', { done, total });
  }

  function busy(isBusy) {
    dialog.dataset.busy = String(isBusy);
    body.setAttribute('aria-busy', String(isBusy));
    for (const one of [again, popups, copy]) one.setAttribute('aria-disabled', String(isBusy));
  }

  function summary(findings) {
    const count = (wanted) => findings.filter((finding) => finding.status === wanted).length;
    const [errors, warnings] = [count('error'), count('warning')];
    return errors + warnings > 0
      ? words('doctor_found', { errors, warnings })
      : words('doctor_all_well');
  }

  function closed() {
    shown = undefined;
    host.remove();
    if (opener && opener.isConnected) opener.focus();
  }
}

/** Closes the panel, if it is open: what it examines is taken back. */
export function closePanel() {
  if (shown) shown.close();
}

/** What has the focus, inside whatever shadow roots. */
function deepestFocus() {
  let focused = document.activeElement;
  while (focused && focused.shadowRoot && focused.shadowRoot.activeElement) {
    focused = focused.shadowRoot.activeElement;
  }
  return focused;
}
