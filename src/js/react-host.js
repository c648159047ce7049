/** The React side of a host: React renders an empty element and asks nothing of what is in it. */
import * as React from 'react';

import { GlanceHost } from './glance-host.js';

export class ReactHost extends React.Component {
  constructor(props) {
    super(props);
    this.element = React.createRef();
  }

  // StrictMode mounts, unmounts and mounts again with the same element.
  componentDidMount() {
    this.host = new GlanceHost(this.element.current, this.props);
  }

  shouldComponentUpdate(next) {
    return this.host.differs(next);
  }

  componentDidUpdate() {
    this.host.update(this.props);
  }

  componentWillUnmount() {
    this.host.remove();
  }

  render() {
    return React.createElement('div', { ref: this.element, className: 'flex-glance' });
  }
}
