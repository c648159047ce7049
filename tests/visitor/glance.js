/**
 * A Glance script with presence that only notes what it is asked: `window.visitors`, oldest first.
 * The members are those that Glance documents, and `disconnect` and `onclose`, which it was seen to
 * have. Nothing is sent anywhere. `window.shown` is what it was asked to show.
 */
window.visitors = [];
window.shown = [];
window.GLANCE = {
  Cobrowse: {
    Visitor: {
      showTerms: (...given) => window.shown.push(['showTerms', ...given]),
      startSession: (...given) => window.shown.push(['startSession', ...given]),
    },
  },
  Presence: {
    Visitor: class {
      constructor(parameters) {
        this.parameters = parameters;
        this.connected = false;
        window.visitors.push(this);
      }

      presence(given) {
        this.data = given.data;
      }

      connect() {
        this.connected = true;
      }

      disconnect() {
        this.connected = false;
      }
    },
  },
};
