/** The listeners of `GLANCE.Cobrowse.Visitor.addEventListener`. */
export class Events {
  #listeners = new Map();

  add(name, listener) {
    this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), listener]);
  }

  /** Calls the listeners one after the other; an error in one stops no other. */
  emit(name, detail = {}) {
    for (const listener of this.#listeners.get(name) ?? []) {
      try {
        listener(detail);
      } catch (error) {
        console.error(error);
      }
    }
  }
}
