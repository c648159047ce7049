/**
 * One mounted component, whatever made its element: everything in the element belongs to its shadow
 * root, and is put there here.
 */
import { showLoadError } from './load-error.js';
import { letPressesThrough } from './presses.js';
import { PROPS, differ } from './props.js';
import { taskDiffers } from './task.js';

/** What is passed on beside the task. */
const COLLECTED = [...PROPS, 'language', 'slot', 'frames'];

/** Tells each of them from the others. */
let last = 0;

const FRAMES_STYLE = 'iframe{flex:1;min-height:0;width:100%;border:0}iframe[hidden]{display:none}';

export class Mount {
  /**
   * Mounts at once if the instance is there already.
   * @param {object} runtime
   * @param {Element} element On the page, and empty.
   * @param {object} props The component's props, with what Flex adds (`task`, `theme`).
   */
  constructor(runtime, element, props) {
    this.runtime = runtime;
    this.props = props;
    last += 1;
    this.number = last;
    this.root = element.shadowRoot || element.attachShadow({ mode: 'open' });
    if (this.slot() !== 'header') this.addFrames();
    // Some buttons work without the runtime.
    this.root.addEventListener('click', runtime.catchUp, true);
    this.attach();
  }

  /**
   * Whether these props would show anything else. Flex renders again and again with props that mean
   * nothing to us. It changes a task's attributes in place, so a task is compared with what was
   * passed on of it.
   */
  differs(props) {
    return (
      this.props.slot !== props.slot ||
      differ(this.props, props, PROPS) ||
      taskDiffers(this.passedOn(), this.runtime.describeTask(props.task, props.visitorid))
    );
  }

  update(props) {
    this.props = props;
    if (!this.isDetached) this.admit();
    // Another task is shown at once; what is new of this one may come many times a second.
    if (this.showsTask(props.task) && !this.hasOtherProps()) this.runtime.hear(this);
    else this.refresh();
    if (this.doctor) this.doctor.update();
  }

  /** Passes on what is new. To read all the props takes longer than anything else that an agent's task does. */
  refresh() {
    this.runtime.catchUp();
    this.call(() => {
      const isMore = this.hasOtherProps();
      const { task } = this.collect();
      if (isMore) this.mounted.update(this.collected);
      else this.mounted.showTask(task);
    });
  }

  /** Its task with its own number, if there is something new of the task. */
  news() {
    const { task, visitorid } = this.props;
    if (!this.isLive() || !this.showsTask(task)) return undefined;
    const now = this.runtime.describeTask(task, visitorid);
    if (!taskDiffers(this.passedOn(), now)) return undefined;
    this.collected.task = now;
    return { ...now, component: this.number };
  }

  /** Takes the component off its element, which may be given to another one. */
  remove() {
    this.detach();
    this.runtime.dismiss(this);
    if (this.frames) {
      this.stopPresses();
      const { panels } = this.runtime.page;
      const at = panels.indexOf(this.frames);
      if (at >= 0) panels.splice(at, 1);
    }
    this.root.textContent = '';
    // Whoever owns the element may take it off the page after this call.
    const { runtime } = this;
    if (this.frames) Promise.resolve().then(() => runtime.tell((glue) => glue.removed()));
  }

  /** Becomes a part of the page's present life. */
  attach() {
    this.isDetached = false;
    if (this.frames) this.runtime.notePanel();
    this.admit();
    const instance = this.runtime.current();
    if (instance) this.mount(instance);
    else if (this.slot() === 'host') this.runtime.loadWhenIdle();
    else this.runtime.load();
    this.admitDoctor(this.root);
  }

  /** Shows nothing any more, though the element is still on the page. */
  detach() {
    if (this.doctor) this.doctor.detach();
    this.doctor = undefined;
    this.unmount();
    this.clear();
    this.isDetached = true;
  }

  /** Whether our own registration made it, and not the plugin by hand or an element. */
  isRegistered() {
    const { slot, taskIsVisitor } = this.props;
    return slot !== undefined && taskIsVisitor === undefined;
  }

  // The author passes it in, so that plugins without it do not carry it.
  admitDoctor(root) {
    const { doctor } = this.props;
    if (!doctor || !doctor.attach) return;
    const { host } = this.runtime;
    const read = () => ({ props: this.props, task: this.props.task, slot: this.slot() });
    const ask = this.runtime.diagnose;
    this.doctor = doctor.attach({ root, read, ask, flex: host.flex(), manager: host.manager() });
  }

  /** An instance works from now on, or none does. */
  onInstance(instance, error) {
    if (this.isDetached) return;
    if (instance) this.mount(instance);
    else this.fail(error);
  }

  mount(instance) {
    this.mounted = undefined;
    this.clear();
    const element = document.createElement('div');
    element.dataset.mount = '';
    this.root.prepend(element);
    this.instance = instance;
    this.runtime.catchUp();
    this.runtime.tell((glue) => {
      this.mounted = glue.mount(element, this.collect(), this.number);
    });
  }

  unmount() {
    this.call(() => this.mounted.unmount());
    this.mounted = undefined;
  }

  /** Does it if the instance that this was mounted in still works. */
  call(enter) {
    if (this.isLive()) this.runtime.tell(enter);
  }

  isLive() {
    return this.mounted && this.instance === this.runtime.current();
  }

  fail(error) {
    this.mounted = undefined;
    this.clear();
    // A host is there only for the viewer in it, and has nothing to say without one.
    if (this.slot() === 'host') return;
    const place = { root: this.root, isHeader: this.slot() === 'header' };
    const language = this.runtime.host.language();
    showLoadError(place, error, this.props.strings, language, () => this.runtime.load());
  }

  clear() {
    this.root.querySelectorAll('[data-mount]').forEach((old) => old.remove());
  }

  // Frames are light children of the shadow root, beside what Yew renders, and never move.
  addFrames() {
    const style = document.createElement('style');
    style.textContent = FRAMES_STYLE;
    this.frames = document.createElement('div');
    this.frames.style.cssText = 'flex:1;min-height:0;display:flex';
    this.root.append(style, this.frames);
    this.stopPresses = letPressesThrough(this.frames);
    // What is in a task's own tab is no place for another task's viewer.
    if (this.props.inTab) return;
    const { panels } = this.runtime.page;
    // A host is the last resort: a panel of the author's own comes first.
    if (this.slot() === 'host') panels.unshift(this.frames);
    else panels.push(this.frames);
  }

  // The vendor's form names no slot; only CRMContainer injects `uriCallback`.
  slot() {
    return this.props.slot || ('uriCallback' in this.props ? 'panel' : 'header');
  }

  /**
   * Tells what counts for the page. A registration has told its `visitorid`, and one that stands in for a
   * task is that component's alone.
   */
  admit() {
    const { presence, visitorid, task, taskIsVisitor } = this.props;
    const isTold = taskIsVisitor || this.isRegistered();
    if (isTold) this.runtime.admit(this, { presence });
    else this.runtime.admit(this, { presence, visitorid }, task ? task.sid : undefined);
  }

  /** What was told of its task last. */
  passedOn() {
    return this.collected && this.collected.task;
  }

  showsTask(task) {
    const shown = this.passedOn();
    return Boolean(task && shown) && task.sid === shown.sid;
  }

  hasOtherProps() {
    return differ(this.collected, this.given(), COLLECTED);
  }

  given() {
    const { frames } = this;
    return Object.assign(this.runtime.collect(this.props), { slot: this.slot(), frames });
  }

  collect() {
    const task = this.runtime.describeTask(this.props.task, this.props.visitorid);
    this.collected = Object.assign(this.given(), { task });
    return this.collected;
  }
}
