// What was tried, how long it took, and what came of it.

/** What works, for the tables of docs/compatibility.md, and what failed. */
export class Record {
  constructor() {
    this.cells = [];
    this.failures = [];
  }

  /** Takes what another record has found behind what this one has. */
  add(other) {
    this.cells.push(...other.cells);
    this.failures.push(...other.failures);
  }

  /**
   * Tries something, for one cell of a table or for several in a row. What fails is told and the run
   * goes on.
   * @param {string} table
   * @param {string} row
   * @param {string | string[]} columns
   * @param {() => Promise<unknown>} work
   */
  async cell(table, row, columns, work) {
    const all = [columns].flat();
    const { done } = await this.time(`${row} · ${all.join(', ')}`, work);
    if (done) this.cells.push(...all.map((column) => ({ table, row, column })));
  }

  /**
   * Does what others need.
   * @throws {Error} If it fails.
   */
  async step(what, work) {
    const { done, value, error } = await this.time(what, work);
    if (!done) throw error;
    return value;
  }

  async time(what, work) {
    const began = Date.now();
    const seconds = () => `${((Date.now() - began) / 1000).toFixed(1).padStart(6)} s`;
    try {
      const value = await work();
      console.log(`✓ ${seconds()}  ${what}`);
      return { done: true, value };
    } catch (error) {
      console.error(`✗ ${seconds()}  ${what}\n${error.stack || error}`);
      this.failures.push(what);
      return { done: false, error };
    }
  }
}
