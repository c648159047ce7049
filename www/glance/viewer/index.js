/**
 * The agent's viewer, `AgentView.aspx`: waits for the visitor, shows the visitor's page live, ends
 * the session. It tells the page that frames it nothing, because Glance documents nothing of the
 * kind.
 */

import { Connection } from '../connection.js';
import { show, showPage } from './screen.js';
import { Stage } from './stage.js';
import { takeOver } from './take-over.js';

forgetLoginKey();

const { misdeed, ticket } = document.body.dataset;
const stage = new Stage(document.getElementById('stage'));
let connection;

document.getElementById('end').addEventListener('click', () => connection.send({ type: 'end' }));
document.getElementById('again').addEventListener('click', join);
join();
if (misdeed === 'navigates') {
  takeOver();
}

function join() {
  connection?.close();
  show('connecting');
  connection = new Connection(`${location.origin.replace(/^http/, 'ws')}/agentjoin/session`, {
    hello: () => ({ type: 'join', ticket }),
    message: receive,
    drop: () => show('reconnecting'),
    lost: () => finish('lost'),
  });
}

function receive(message, events) {
  connection.confirm();
  switch (message.type) {
    case 'waiting':
    case 'away':
      show(message.type);
      break;
    case 'live':
      show(stage.isEmpty ? 'loading' : 'live');
      break;
    case 'events':
      stage.play(events, message.page);
      if (!stage.isEmpty) {
        show('live');
        showPage(message.page);
      }
      break;
    case 'ended':
      finish(message.reason);
      break;
    case 'refused':
      finish('refused');
      break;
  }
}

function finish(how) {
  connection.close();
  stage.clear();
  show(how);
}

/** The address stays in histories and screenshots; the page has what it needs already. */
function forgetLoginKey() {
  const url = new URL(location.href);
  for (const name of [...url.searchParams.keys()]) {
    if (name.toLowerCase() === 'loginkey') {
      url.searchParams.delete(name);
    }
  }
  history.replaceState(null, '', url);
}
