/**
 * Hosts one mounted component, whatever made its element: everything in the element belongs to its
 * shadow root, and is put there here.
 */
import { flex, language, manager } from './flex.js';
import { current, load, onReplaced, prepare, watchVisitors } from './instance.js';
import { page } from './page.js';
import { ATTRIBUTES, pick, taskOf } from './task.js';
import { showTrouble } from './trouble.js';

/** The props that are passed on as they are; whatever else Flex injects stays out. */
export const PROPS = [
  'groupid',
  'authurl',
  'authtoken',
  'openlocation',
  'opentype',
  'presence',
  'glancebaseurl',
  'puid',
  'debugmode',
  'visitorid',
  'notifications',
  'immediatetab',
  'video',
  'onsessionstart',
  'onsessionend',
  'hosts',
  'strings',
  'theme',
];

const FRAMES_STYLE = 'iframe{flex:1;min-height:0;width:100%;border:0}iframe[hidden]{display:none}';

export class GlanceHost {
  /**
   * Mounts at once if the instance is there already.
   * @param {Element} element On the page, and empty.
   * @param {object} props The component's props, with what Flex adds (`task`, `theme`).
   */
  constructor(element, props) {
    this.props = props;
    this.root = element.shadowRoot || element.attachShadow({ mode: 'open' });
    if (this.slot() !== 'header') this.addFrames();
    this.stopListening = onReplaced((instance) => this.mount(instance));
    const instance = current();
    if (instance) this.mount(instance);
    else if (this.slot() === 'host') prepare();
    else this.load();
    if (props.presence) watchVisitors(() => propsOf(this.props));
    this.admitDoctor(this.root);
  }

  /**
   * Whether these props would show anything else. Flex renders again and again with props that mean
   * nothing to us. It changes a task's attributes in place, so a task is compared with what was
   * passed on of it.
   */
  differs(props) {
    return changed(this.props, props, PROPS) || taskChanged(this.passedOn, taskOf(props));
  }

  update(props) {
    this.props = props;
    this.call(() => this.instance.update(this.mounted, this.collect()));
    if (this.doctor) this.doctor.update();
  }

  /** Takes the component off its element, which may be given to another host. */
  remove() {
    this.gone = true;
    this.stopListening();
    if (this.doctor) this.doctor.detach();
    this.unmount();
    if (this.frames) page.panels.splice(page.panels.indexOf(this.frames), 1);
    this.root.textContent = '';
    // The props of the page's first component are kept for the watch, and its element shall not be.
    this.root = undefined;
    // Whoever owns the element may take it off the page after this call.
    if (this.frames) Promise.resolve().then(() => current() && current().removed());
  }

  // The author passes it in, so that plugins without it do not carry it.
  admitDoctor(root) {
    const { doctor } = this.props;
    if (!doctor || !doctor.attach) return;
    const read = () => ({ props: this.props, task: this.props.task, slot: this.slot() });
    this.doctor = doctor.attach({ root, read, flex: flex(), manager: manager() });
  }

  load() {
    load().then(
      (instance) => this.gone || this.mounted || this.mount(instance),
      (error) => this.gone || this.trouble(error),
    );
  }

  mount(instance) {
    this.unmount();
    this.root.querySelectorAll('[data-mount]').forEach((old) => old.remove());
    if (!instance) {
      this.trouble();
      return;
    }
    const host = document.createElement('div');
    host.dataset.mount = '';
    this.root.prepend(host);
    this.call(() => {
      this.mounted = instance.mount(host, this.collect());
      this.instance = instance;
    }, true);
  }

  unmount() {
    this.call(() => this.instance.unmount(this.mounted));
    this.mounted = undefined;
  }

  // A trap has already been noticed by the instance's guard, which replaces it.
  call(enter, always = false) {
    if (!always && (!this.mounted || this.instance !== current())) return;
    try {
      enter();
    } catch (error) {
      console.error('flex-glance: restarting after a fault.', error);
    }
  }

  trouble(error) {
    // A host is there only for the viewer in it, and has nothing to say without one.
    if (this.slot() === 'host') return;
    const place = { root: this.root, isHeader: this.slot() === 'header' };
    showTrouble(place, error, this.props.strings, language(), () => this.load());
  }

  // Frames are light children of the shadow root, beside what Yew renders, and never move.
  addFrames() {
    const style = document.createElement('style');
    style.textContent = FRAMES_STYLE;
    this.frames = document.createElement('div');
    this.frames.style.cssText = 'flex:1;min-height:0;display:flex';
    this.root.append(style, this.frames);
    page.panelAdded = true;
    // A host is the last resort: a panel of the author's own comes first.
    if (this.slot() === 'host') page.panels.unshift(this.frames);
    else page.panels.push(this.frames);
  }

  // The vendor's form names no slot; only CRMContainer injects `uriCallback`.
  slot() {
    return this.props.slot || ('uriCallback' in this.props ? 'panel' : 'header');
  }

  collect() {
    this.passedOn = taskOf(this.props);
    const { slot, frames, passedOn: task } = this;
    return { ...propsOf(this.props), task, slot: slot.call(this), frames };
  }
}

/** The props that are passed on, with the language that Flex speaks. */
export function propsOf(props) {
  return { ...pick(props, PROPS), language: language() };
}

function taskChanged(before, after) {
  if (!before || !after) return before !== after;
  return (
    changed(before, after, ['sid', 'visitorid']) ||
    changed(before.attributes, after.attributes, ATTRIBUTES)
  );
}

function changed(before, after, names) {
  return names.some((name) => !Object.is(before[name], after[name]));
}
