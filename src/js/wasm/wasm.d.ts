/** Where the WebAssembly module comes from, and the glue that belongs to it. */
export interface Wasm {
  /** Only a stand-in for tests gives the module at once. */
  compile(): Promise<object> | object;
  /** Stands for the browser's `WebAssembly` in tests. */
  assembly?: any;
  /** From now on somebody waits for it. */
  raisePriority(): void;
  /**
   * Makes the glue for one instance.
   * @param assembly Stands for `WebAssembly`.
   * @param fetch Stands for `fetch`.
   */
  createGlue(assembly: any, fetch: (request: Request) => Promise<Response>): any;
}
