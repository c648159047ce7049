// Leads every request of Flex UI or Flex WebChat for a Twilio host to this origin's
// /twilio/<host>/<path>, where the sandbox stands in for Twilio. It runs before their bundles, which
// themselves are unchanged.
(() => {
  'use strict';

  const twilioHost = /(^|\.)(twilio\.com|twiliocdn\.com|twil\.io)$/;

  /** The stand-in's URL for a Twilio URL; everything else comes back as it was. */
  function local(address) {
    let url;
    try {
      url = new URL(address, location.href);
    } catch {
      return address;
    }
    if (!/^(https?|wss?):$/.test(url.protocol) || !twilioHost.test(url.hostname)) return address;
    const scheme = url.protocol.startsWith('ws') ? 'ws:' : location.protocol;
    return `${scheme}//${location.host}/twilio/${url.hostname}${url.pathname}${url.search}`;
  }

  const { fetch, Request, WebSocket, Audio } = window;
  window.fetch = async (input, options) => {
    if (!(input instanceof Request)) return fetch(local(input), options);
    const address = local(input.url);
    if (address === input.url) return fetch(input, options);
    const { method, headers, signal, credentials, cache, redirect } = input;
    // Read here: over HTTP/1.1 a browser sends no body that is still a stream.
    const body = input.body ? await input.blob() : undefined;
    return fetch(address, {
      ...{ method, headers, signal, credentials, cache, redirect, body },
      ...options,
    });
  };

  const { open } = XMLHttpRequest.prototype;
  XMLHttpRequest.prototype.open = function (method, address, ...rest) {
    return open.call(this, method, local(address), ...rest);
  };

  window.WebSocket = class extends WebSocket {
    constructor(address, protocols) {
      super(local(address), protocols);
    }
  };

  const { sendBeacon } = Navigator.prototype;
  Navigator.prototype.sendBeacon = function (address, data) {
    return sendBeacon.call(this, local(address), data);
  };

  // Sounds, fonts and pictures are fetched by elements: their address is changed on the way in.
  window.Audio = function (address) {
    return address === undefined ? new Audio() : new Audio(local(address));
  };
  window.Audio.prototype = Audio.prototype;

  for (const [element, name] of [
    [HTMLMediaElement, 'src'],
    [HTMLImageElement, 'src'],
    [HTMLScriptElement, 'src'],
    [HTMLLinkElement, 'href'],
  ]) {
    const property = Object.getOwnPropertyDescriptor(element.prototype, name);
    Object.defineProperty(element.prototype, name, {
      ...property,
      set(address) {
        property.set.call(this, local(address));
      },
    });
    const { setAttribute } = element.prototype;
    element.prototype.setAttribute = function (attribute, value) {
      setAttribute.call(this, attribute, attribute === name ? local(value) : value);
    };
  }
})();
