// What the agent's page loads as /flex.js: the genuine Flex UI and the React it renders with, as the
// globals a hosted Flex page has.
import * as React from 'react';
import * as ReactDOM from 'react-dom';
import * as Flex from '@twilio/flex-ui';

window.React = React;
window.ReactDOM = ReactDOM;
window.Twilio = { ...window.Twilio, Flex };
