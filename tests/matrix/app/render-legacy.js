// React 17 and older.
import * as ReactDOM from 'react-dom';

/** Answers how to take it away again. */
export function render(element, place) {
  ReactDOM.render(element, place);
  return () => ReactDOM.unmountComponentAtNode(place);
}
