// What the documents' examples take for granted: the arguments of a plugin's `init`, the props, and what a
// reader's own code would bring. Each example is type-checked together with this file.

declare const flex: typeof import('@twilio/flex-ui');
declare const manager: import('@twilio/flex-ui').Manager;
declare const task: import('@twilio/flex-ui').ITask;
declare const props: import('flex-glance').TwilioFlexGlanceProps;

// Later examples of a page go on from its first one, which imports these.
declare const registerTaskCanvasHeader: typeof import('flex-glance').registerTaskCanvasHeader;
declare const registerCrmContainer: typeof import('flex-glance').registerCrmContainer;
declare const setModuleUrl: typeof import('flex-glance/external').setModuleUrl;
declare const visitorId: typeof import('flex-glance/visitor').visitorId;
declare const connectVisitor: typeof import('flex-glance/visitor').connectVisitor;
declare const connectWebchat: typeof import('flex-glance/visitor').connectWebchat;

// The script tag without a bundler has this global.
declare const FlexGlanceVisitor: typeof import('flex-glance/visitor');
declare const webchat: import('flex-glance/visitor').Webchat;
declare const client: import('@twilio/conversations').Client;

// The store of Twilio's Webchat React app.
declare const store: {
  getState(): { chat: { conversation?: import('@twilio/conversations').Conversation } };
  subscribe(listener: () => void): () => void;
};

// The reader's own.
declare const configuration: object;
declare const sid: string;
declare const session: { token: string };
declare function mayCobrowse(sid: string): boolean;
declare function report(sid: string, seconds: number, reason: string): void;

// Twilio's scripts, and what bundlers and Jest bring.
declare const Twilio: any;
declare const FlexWebChat: any;
declare const jest: any;
declare const test: any;
declare const expect: any;
declare const beforeEach: any;
declare const afterEach: any;
declare module '*.wasm?url' {
  const address: string;
  export default address;
}
