/**
 * Props that change while a component is in Flex. Content that is added to Flex later than its start shows
 * only with the place's next rendering, and what is taken out takes its viewers along: so the component
 * stays, and only its props change.
 */
import * as React from 'react';

import { PROPS, pick } from './props.js';

export function createLiveProps() {
  const listeners = new Set();
  /** The same object always, for whoever keeps it. */
  const props = {};
  return {
    props,
    /** @param {object} next */
    set(next) {
      Object.keys(props).forEach((name) => delete props[name]);
      Object.assign(props, next);
      listeners.forEach((listen) => listen());
    },
    /** @param {() => void} listen */
    subscribe(listen) {
      listeners.add(listen);
      return () => listeners.delete(listen);
    },
  };
}

/** What a place in Flex gives its content. */
const isOfPlaces = (name) => name === 'theme' || !PROPS.includes(name);

/**
 * @param {any} Component
 * @param {ReturnType<typeof createLiveProps>} live
 * @returns {any} A component whose props are the live ones, whatever it was made with, and what its place gives.
 */
export function withLiveProps(Component, live) {
  return class extends React.Component {
    componentDidMount() {
      this.stop = live.subscribe(() => this.forceUpdate());
    }

    componentWillUnmount() {
      this.stop();
    }

    render() {
      return React.createElement(
        Component,
        Object.assign({}, live.props, pick(this.props, Object.keys(this.props).filter(isOfPlaces))),
      );
    }
  };
}
