// Where people meet the component: its controls, by the names of their texts. What they look like and how
// they are found is here alone.

import { anyOf, text } from './texts.mjs';

/** Something with buttons and links. */
class Part {
  /** @param {import('@playwright/test').Locator} root */
  constructor(root, language = 'en') {
    this.root = root;
    this.language = language;
  }

  /** By the name of its text, or of several that it may have. */
  button(...names) {
    return this.named('button', ...names);
  }

  get buttons() {
    return this.root.getByRole('button');
  }

  link(name) {
    return this.named('link', name);
  }

  named(role, ...names) {
    return this.root.getByRole(role, { name: anyOf(names, this.language) });
  }
}

/** The component in one place: in the task header, in the panel, in a page without Flex. */
export class Surface extends Part {
  /** @param {import('@playwright/test').Locator | import('@playwright/test').Page} place */
  constructor(place, language) {
    super(place.getByRole('region', { name: text('region') }), language);
  }

  /** The button that starts a session; where it does something else, its name says so after a colon. */
  get main() {
    return this.root.getByRole('button', { name: new RegExp(`^${text('cobrowse')}`) });
  }

  /** What it says in a few words; hidden while it says nothing. */
  get status() {
    return this.root.getByRole('status', { includeHidden: true });
  }

  /** What it says in sentences. */
  get alert() {
    return this.root.getByRole('alert');
  }

  /** The ways out that the sentences offer. */
  get message() {
    return new Part(this.alert, this.language);
  }

  /** How long it has been so, by the name of what that is. */
  timer(...names) {
    return this.named('timer', ...names);
  }

  /** The form for a key that the customer reads out; `button('have_key')` opens it. */
  get keyForm() {
    return new KeyForm(this.named('form', 'have_key'), this.language);
  }
}

class KeyForm extends Part {
  get field() {
    return this.named('textbox', 'key_label');
  }

  get join() {
    return this.button('join');
  }

  /** Why the key was refused. */
  get alert() {
    return this.root.getByRole('alert');
  }
}

/** Flex's own notification bar. */
export class Notification {
  /** @param {import('@playwright/test').Page} page */
  constructor(page) {
    this.page = page;
  }

  get message() {
    return this.page.getByTestId('notification-message');
  }

  /** By the name of its text, to which Flex adds a word for who hears it. */
  button(name) {
    return this.page.getByRole('button', { name: text(name) });
  }
}

/** The doctor of an administrator: the button in the component, and the panel that it opens. */
export class Doctor {
  /** @param {import('@playwright/test').Page} page */
  constructor(page) {
    this.page = page;
  }

  get button() {
    return this.page.getByRole('button', { name: text('doctor_open'), exact: true });
  }

  get panel() {
    return new DoctorPanel(this.page.getByRole('dialog', { name: text('doctor_title') }));
  }
}

class DoctorPanel extends Part {
  get title() {
    return this.named('heading', 'doctor_title');
  }

  get status() {
    return this.root.getByRole('status');
  }

  get findings() {
    return this.root.getByRole('listitem');
  }

  /** A group of findings, by the name of its heading, which tells how many there are. */
  group(name) {
    return this.root.getByText(new RegExp(`^${text(name)} \\(`));
  }

  /** The finding of this check. */
  finding(check) {
    return this.root.locator(`[data-check="${check}"]`);
  }
}
