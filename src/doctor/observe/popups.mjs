/** Whether the browser lets this page open a window. */

/** Opens a blank window and closes it at once. Call it inside a click: otherwise none may open. */
export function tryPopup() {
  const opened = window.open('about:blank', '_blank', 'width=100,height=100');
  if (opened) opened.close();
  return Boolean(opened);
}
