/** The React component: a class without hooks, so that it runs on every React from 16.8 to 19. */
import * as React from 'react';

import { Boundary } from './boundary.js';
import { Mount } from './mount.js';
import { quietly } from './quietly.js';

/**
 * @param {object} runtime
 * @param {(props: object) => boolean} created Called with the props of each component that is made. It is
 *   empty where this says no.
 * @returns The component. Props are the vendor's, see `index.d.ts`; Flex adds `task` and `theme`.
 */
export function createComponent(runtime, created) {
  /** React renders an empty element and asks nothing of what is in it. */
  class Place extends React.Component {
    constructor(props) {
      super(props);
      this.element = React.createRef();
    }

    // StrictMode mounts, unmounts and mounts again with the same element.
    componentDidMount() {
      this.mount = new Mount(runtime, this.element.current, this.props);
    }

    shouldComponentUpdate(next) {
      return Boolean(this.mount) && this.mount.differs(next);
    }

    componentDidUpdate() {
      this.mount.update(this.props);
    }

    // React gives what is thrown here to whoever renders us.
    componentWillUnmount() {
      quietly(() => this.mount && this.mount.remove());
    }

    render() {
      return React.createElement('div', { ref: this.element, className: 'flex-glance' });
    }
  }

  return class TwilioFlexGlance extends React.Component {
    constructor(props) {
      super(props);
      this.isShown = quietly(() => created(props)) !== false;
    }

    render() {
      if (!this.isShown) return null;
      return React.createElement(Boundary, null, React.createElement(Place, this.props));
    }
  };
}
