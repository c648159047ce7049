// The component in React's StrictMode, with the module inside the bundle and beside it. `./render.js`
// is that of the React version, `./module-url.js` that of the bundler.
import * as React from 'react';
import { TwilioFlexGlance } from 'flex-glance';
import { setModuleUrl, TwilioFlexGlance as External } from 'flex-glance/external';

import { url } from './module-url.js';
import { propsOf } from './props.js';
import { render } from './render.js';

setModuleUrl(url);

for (const [visitor, Component] of [
  ['inlined', TwilioFlexGlance],
  ['external', External],
]) {
  const element = React.createElement(Component, propsOf(visitor));
  render(React.createElement(React.StrictMode, null, element), document.getElementById(visitor));
}
