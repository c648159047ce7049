/** The component's English texts, as far as the mock shows them; a test holds them to the real ones. */
export const TEXTS = {
  region: 'Glance Cobrowse',
  region_panel: 'Glance Cobrowse panel',
  cobrowse: 'Cobrowse',
  have_key: 'Have a key?',
  key_label: 'Session key',
  join: 'Join',
  no_task: 'Select a task to cobrowse with its customer.',
  no_visitor: 'This task names no visitor. Ask the customer for their session key.',
  key_empty: 'Type the key first.',
  key_too_long: 'A key has at most 62 characters, this one has {length}.',
  key_character: 'A key has only letters A to Z, digits and - _ . ~, not “{character}”.',
  getting_key: 'Getting the login key…',
  cancel: 'Cancel',
  viewer_open: 'Viewer open',
  bring_to_front: 'Bring to front',
  close_viewer: 'Close viewer',
  blocked: 'The browser blocked the viewer. Open it with this link:',
  open_viewer: 'Open the viewer',
  visitor_here: 'Customer on the site',
  visitor_here_at: 'On the site: {page}',
  visitor_away: 'Customer not on the site',
  presence_unavailable: 'Presence unavailable. {reason}',
  presence_script:
    "Glance's script did not load; an ad blocker or a network rule may stop it. Allow it and try again, or join with a key.",
  presence_api:
    "Glance's script brought no presence. Tell your administrator to check that Presence is on for the group.",
  presence_refused:
    'Glance refused your authorization. Tell your administrator to check your Partner UID, the Presence subscription and the allowed origins.',
  presence_connection: 'The connection broke. Reconnecting…',
  visitor_absent: 'The customer is not on the site. Wait for them, or ask for their key.',
  wait_for_visitor: 'Wait for them',
  awaiting_visitor: 'Waiting for them to come…',
  visitor_asked: 'Waiting for their answer…',
  ask_again: 'Ask again',
  visitor_declined: 'The customer declined. You may ask again.',
  visitor_left: 'The customer left the site before answering. Wait for them, or ask for their key.',
  in_session: 'In session',
  session_unseen: "In session. Open the viewer to see the customer's page.",
  session_over: 'Session ended',
  try_again: 'Try again',
  dismiss: 'Dismiss',
  failed_network:
    'The login-key service cannot be reached. Check your connection and try again. If it stays, ask your administrator to check its address and allowed origins.',
  failed_timeout:
    'The login-key service did not answer within 10 seconds. Try again. If it stays, tell your administrator.',
  failed_refused:
    'The login-key service refused your Flex session (status {status}). Sign out of Flex and in again. If it stays, tell your administrator.',
  failed_fault: 'The login-key service has a fault (status {status}). Tell your administrator.',
  failed_unreadable:
    'The login-key service answered something that is no login key. Tell your administrator to check authurl.',
  failed_malformed_key:
    'The login-key service gave a key that Glance cannot read. Tell your administrator to check the Function.',
  failed_key_lifetime:
    "The login-key service gave a key that has run out or lasts more than a day. Tell your administrator to check GLANCE_EXPIRATION and this computer's clock.",
  failed_no_token:
    'Flex gave no session token. Reload Flex and try again. If it stays, tell your administrator to check authtoken.',
  failed_no_partner_user_id:
    'Your Partner UID is not known. Tell your administrator to check puid.',
  not_set_up: "Cobrowse is not set up. For the plugin's author:",
  prop_missing: 'prop “{prop}” is missing; expected {expected}.',
  expected_groupid: 'a positive integer: the Group ID in the Glance portal',
  expected_authurl: 'the https address of your getloginkey Function',
  expected_environment: '“production”, “staging” or “beta”',
  expected_puid: "the agent's Partner UID as a string, or a function that gives it",
};
