// React 18 and newer.
import { createRoot } from 'react-dom/client';

export function render(element, place) {
  createRoot(place).render(element);
}
