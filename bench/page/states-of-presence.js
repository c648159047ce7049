// The states that presence brings: where the customer is, and what becomes of asking them.
import { answers, turn } from './place.js';

export async function statesOfPresence({ show, appears, click, launch, then, later }) {
  // The bench's server has no script of Glance's.
  const hosts = { web: location.origin, cdn: location.origin };
  const told = appears((place) => place.button('Try presence again'));
  await show('no script of presence', { presence: true, hosts }, told);

  answers.authorization = ({ onsuccess }) => onsuccess();
  standInForPresence();
  const present = { presence: true, openlocation: 'window' };
  answers.visitor = { visitorid: 'x', url: 'https://a@shop.example/cart/?q=1', browser: 'Firefox' };
  await show('customer online', present);
  answers.visitor = { visitorid: 'x', url: 'https://a@shop.example/', browser: undefined };
  await show('customer online, on the front page', present);
  await show('customer asked', { ...present, openlocation: 'tab' }, launch);
  await show('customer asked, with a window', present, launch);
  answers.visitor = { visitorid: 'x' };
  await show('customer online, on a page that is not told', present);
  const signal = (name, event) => async () => {
    answers.agent[name](event);
    for (let i = 0; i < 10; i += 1) await turn();
  };
  const tab = { ...present, openlocation: 'tab' };
  const declined = signal('onterms', { status: 'declined' });
  const accepted = signal('onterms', { status: 'accepted' });
  const started = signal('onvisitorsessionstart', {});
  const ended = signal('onvisitorsessionend', {});
  await show('customer does not answer', tab, then(launch, later(61)));
  const left = signal('onvisitorconn', { connected: false });
  await show('customer left before answering', tab, then(launch, left, later(10)));
  const undelivered = async () => answers.invitation.onfail({ code: 'visitornotpresent' });
  await show('customer could not be asked', tab, then(launch, undelivered));
  await show('customer declined', tab, then(launch, declined));
  await show('customer accepted', tab, then(launch, accepted));
  await show('in session', tab, then(launch, accepted, started));
  await show(
    'in session, viewer closed',
    tab,
    then(launch, accepted, started, click('Close viewer')),
  );
  const lost = signal('onerror', { code: 'conndrop' });
  await show('in session, not certain', tab, then(launch, accepted, started, lost));
  await show('session over', tab, then(launch, accepted, started, ended));
  await show('session over, viewer closed', tab, then(started, ended));
  await show('lost the connection', tab, lost);
  answers.visitor = {};
  await show('customer offline', tab);
  await show('customer offline, and asked', tab, launch);
  await show('waiting for the customer', tab, then(launch, click('Wait for them')));
  answers.visitor = undefined;
  await show('looking for the customer', tab);
  await show('looking for the customer, and asked', tab, launch);

  // Another group is another authorization.
  answers.authorization = ({ onfail }) => onfail();
  await show('not authorized yet', { ...tab, groupid: 20542 });
  const again = later(120);
  await show('authorization refused', { ...tab, groupid: 20543 }, then(again, again, again));
  answers.authorization = ({ onsuccess }) => onsuccess();
}

function standInForPresence() {
  class Agent {
    constructor() {
      answers.agent = this;
    }

    connect() {}
    disconnect() {}

    invokeVisitor(invitation) {
      answers.invitation = invitation;
    }

    lookupVisitor({ onsuccess }) {
      if (answers.visitor) onsuccess(answers.visitor);
    }
  }
  window.GLANCE = {
    Presence: { Agent },
    Authorization: { authorize: (request) => answers.authorization(request) },
  };
}
