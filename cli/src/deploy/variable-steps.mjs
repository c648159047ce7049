// Steps that change the Function's variables; the notes for `--undo` are among them. Pure.

import { NOTE, SERVERLESS } from './names.mjs';
import { upserted } from './step.mjs';

/** Variables whose values nobody is shown. */
export const SECRET_VARIABLES = ['GLANCE_API_KEY'];

/** Sets a variable, or changes it. */
export function setVariable(account, key, value) {
  const { service, environment, variables } = account;
  const before = variables.find((it) => it.key === key);
  const path = `/v1/Services/${service.sid}/Environments/${environment.sid}/Variables`;
  return {
    key: `variable ${key}`,
    what: describeVariable(key, value, before),
    request: {
      method: 'POST',
      host: SERVERLESS,
      path: before ? `${path}/${before.sid}` : path,
      form: { Key: key, Value: value },
    },
    pretend: { sid: before?.sid ?? `(ZV of ${key})` },
    after: ({ sid }) => ({
      ...account,
      variables: upserted(variables, { sid: before?.sid ?? sid, key, value }),
    }),
  };
}

function describeVariable(key, value, before) {
  if (key.startsWith(NOTE)) {
    return `Note for --undo what ${key.slice(NOTE.length).toLowerCase()} was before (variable ${key})`;
  }
  if (SECRET_VARIABLES.includes(key)) {
    return `${before ? 'Change' : 'Set'} the Function's variable ${key} (a secret, not shown)`;
  }
  return before
    ? `Change the Function's variable ${key}: ${before.value} → ${value}`
    : `Set the Function's variable ${key}: ${value}`;
}

export function removeVariable(account, { sid, key }) {
  const { service, environment } = account;
  return {
    key: `variable ${key}`,
    what: `Forget what ${key.slice(NOTE.length).toLowerCase()} was before (variable ${key})`,
    request: {
      method: 'DELETE',
      host: SERVERLESS,
      path: `/v1/Services/${service.sid}/Environments/${environment.sid}/Variables/${sid}`,
    },
    after: () => ({ ...account, variables: account.variables.filter((it) => it.sid !== sid) }),
  };
}
