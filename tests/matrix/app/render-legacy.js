// React 17 and older.
import * as ReactDOM from 'react-dom';

export function render(element, place) {
  ReactDOM.render(element, place);
}
