// The component in React's StrictMode, which the test takes away and puts back.
import * as React from 'react';
import { TwilioFlexGlance } from 'flex-glance';

import { propsOf } from './props.js';
import { render } from './render.js';

/** How often React has mounted a component beside ours. */
window.mounts = 0;
class Witness extends React.Component {
  componentDidMount() {
    window.mounts += 1;
  }

  render() {
    return null;
  }
}

const props = { ...propsOf('inlined'), authurl: `${location.origin}/getshortloginkey` };

window.show = () => {
  const both = [TwilioFlexGlance, Witness].map((one) => React.createElement(one, props));
  const element = React.createElement(React.StrictMode, null, ...both);
  window.hide = render(element, document.getElementById('inlined'));
};
window.show();
