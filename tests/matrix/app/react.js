// The component in React's StrictMode, with the module inside the bundle or beside it, as the address's hash
// says. `./render.js` is that of the React version, `./module-url.js` that of the bundler.
import * as React from 'react';
import { TwilioFlexGlance } from 'flex-glance';
import { setModuleUrl, TwilioFlexGlance as External } from 'flex-glance/external';

import { url } from './module-url.js';
import { propsOf } from './props.js';
import { render } from './render.js';

setModuleUrl(url);

const COMPONENTS = { inlined: TwilioFlexGlance, external: External };

const visitor = location.hash.slice(1);
const element = React.createElement(COMPONENTS[visitor], propsOf(visitor));
render(React.createElement(React.StrictMode, null, element), document.getElementById(visitor));
