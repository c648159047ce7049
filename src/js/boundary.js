/** Keeps what goes wrong inside from reaching Flex's renderer, where it would blank the whole UI. */
import * as React from 'react';

export class Boundary extends React.Component {
  constructor(props) {
    super(props);
    this.state = { failed: false };
  }

  static getDerivedStateFromError() {
    return { failed: true };
  }

  componentDidCatch(error) {
    console.error('flex-glance: could not be shown.', error);
  }

  render() {
    if (!this.state.failed) return this.props.children;
    return React.createElement(
      'button',
      { type: 'button', onClick: () => this.setState({ failed: false }) },
      'Cobrowse failed. Try again',
    );
  }
}
