/**
 * The page's `fetch`, as gloo-net counts on it. A page may have put its own in its place, and one that
 * throws, or gives or rejects with something else, would trap the component.
 * @param {Request} request
 * @returns {Promise<Response>} Rejects with an `Error`.
 */
export async function safeFetch(request) {
  try {
    const response = await fetch(request);
    if (response instanceof Response) return response;
  } catch (error) {
    if (error instanceof Error) throw error;
  }
  throw new TypeError('fetch gave no Response.');
}
