// React 18 and newer.
import { createRoot } from 'react-dom/client';

/** Answers how to take it away again. */
export function render(element, place) {
  const root = createRoot(place);
  root.render(element);
  return () => root.unmount();
}
