/**
 * Glance Cobrowse in Twilio Flex.
 *
 * The props are those of Glance's own Flex component; `notifications`, `immediatetab`, `video`,
 * `viewersandbox`, `onsessionstart`, `onsessionend`, `policy`, `hosts`, `strings` and `doctor` are added.
 * The component names props that are missing or wrong in its own place, and throws nothing into Flex.
 */
// @ts-ignore: without React's types the component is `any`, and everything else stays typed.
import type { ComponentClass } from 'react';

/** A text, or a function that gives it (or a promise of it) when it is needed. */
export type Supplied = string | (() => string | Promise<string>);

/** Which of Glance's servers are used. */
export type GlanceEnvironment = 'production' | 'staging' | 'beta';

/** Where a viewer opens: in Flex's second panel, in a tab, or in a window beside Flex. */
export type OpenLocation = 'flex' | 'tab' | 'window';

/**
 * Hosts to use in place of the environment's. Each is a host name (`www.glance.net`) or an https
 * origin (`https://www.glance.net`); http is accepted for this machine only.
 */
export interface Hosts {
  /** Serves the viewer. */
  web?: string;
  /** Serves Glance's Presence Agent script. */
  cdn?: string;
  /**
   * Serves presence. Default `presence.glance.net` in `production`; elsewhere Glance's script decides.
   */
  presence?: string;
  /** Authorizes agents for presence. Default: what serves the viewer. */
  authorization?: string;
}

/**
 * Who shows video as a session starts: nobody, the agent to the visitor, or both to each other.
 *
 * Of what Glance is told for each, only the agent's side of its JavaScript API is documented
 * (`agentVideo` of `joinSession`), and `off` for the visitor is seen on public pages. Inferred: that
 * the viewer's address takes `agentVideo` too, and the visitor's modes `small-visitor` (for `agent`)
 * and `small-multiway` (for `multiway`), which are named after those of Glance's mobile SDK.
 */
export type VideoMode = 'off' | 'agent' | 'multiway';

/** What Glance is told about video, word for word, at least one of them; see `VideoMode`. */
export interface OwnVideo {
  /** `agentVideo` in the viewer's address: `true` or `false`, in place of what is inferred. */
  agent?: string;
  /** The `video` argument of the visitor's `showTerms`. Counts with `presence` only. */
  visitor?: string;
}

/** Entries of which one lets in, or keeps out. `[]` lets nobody in, and `{ not: [] }` everybody. */
export type PolicyList<Entry> = readonly Entry[] | { readonly not: readonly Entry[] };

/** What attributes are compared with: exactly, and with its own type alone. */
export type PolicyValue = string | number | boolean;

/**
 * A rule about an attribute of the task, by its path: names joined by dots, such as `order.status`.
 * `exists` asks whether there is one that is not `null`.
 */
export type AttributeRule = { readonly path: string } & (
  | { readonly equals: PolicyValue; readonly one_of?: undefined; readonly exists?: undefined }
  | {
      readonly one_of: readonly PolicyValue[];
      readonly equals?: undefined;
      readonly exists?: undefined;
    }
  | { readonly exists: boolean; readonly equals?: undefined; readonly one_of?: undefined }
);

/**
 * Who sees the component, and for which tasks. Every kind that is given has to say yes. What is missing, or
 * is of another type than the rule's, matches no entry and no `not` either.
 */
export interface Policy {
  /** Flex roles of the agent, such as `agent` and `admin`. */
  readonly roles?: PolicyList<string>;
  /** Names or SIDs of the task's queue. */
  readonly queues?: PolicyList<string>;
  /** Unique names of the task's channel, such as `chat` and `voice`. */
  readonly channels?: PolicyList<string>;
  /** Skills of the agent, as TaskRouter routes by them. */
  readonly skills?: PolicyList<string>;
  /** Rules about the task's attributes. */
  readonly attributes?: PolicyList<AttributeRule>;
  /** SIDs or names of the worker (`WK…`, `workerClient.name`). */
  readonly workers?: PolicyList<string>;
}

/** A session that has started, as Glance's presence tells. */
export interface SessionStart {
  /** The task's reservation (`task.sid`, `WR…`). */
  sid: string;
}

/** A session that has ended. */
export interface SessionEnd {
  /** The task's reservation (`task.sid`, `WR…`). */
  sid: string;
  /**
   * How long it ran, in seconds with a fraction, from Glance's word of the start; where the end may
   * have been missed, up to the last moment that was certain.
   */
  duration: number;
  /**
   * `ended`: Glance reported the end, or the agent said that a session which was not certain is over.
   * `agent_left`: the same, and the agent had closed the viewer before. `task_over`: the task was completed,
   * cancelled or transferred away while it ran; whether the visitor shared on is not known. `unknown`: nobody saw the
   * end, and it is longer ago than `sessionmaxage`. More may be added.
   */
  reason: 'ended' | 'agent_left' | 'task_over' | 'unknown';
}

/**
 * Which task an Action means: `task` or `sid`, as for Flex's own Actions, or with neither the task that
 * the agent has selected. What is given has to name one of the agent's tasks: an unknown, empty or
 * `undefined` one is rejected, and never taken for the selected task.
 */
export interface GlanceTaskPayload {
  /** Flex's task. */
  task?: { readonly sid: string };
  /** The SID of the reservation (`task.sid`, `WR…`) or of the task (`task.taskSid`, `WT…`). */
  sid?: string;
}

/**
 * The Flex Actions that the component registers, by name, with their payloads. The component's own
 * buttons invoke them, so `before…` and `after…` listeners hear of every session, and a `before…`
 * listener may cancel.
 *
 * The payload of each names the task; see `GlanceTaskPayload`. Each rejects with an `Error` that says
 * what is wrong.
 */
export interface GlanceActions {
  /**
   * Opens the task's session as its button does: by presence where it knows the visitor. Rejects if
   * the task names no visitor. Extra calls bring the open viewer to the front.
   */
  GlanceStartSession: GlanceTaskPayload;
  /** Opens the session of a key, such as one that the customer reads out. Rejects an impossible key. */
  GlanceJoinWithKey: GlanceTaskPayload & { sessionKey: string };
  /** Closes the task's viewer, as **Close viewer** does. */
  GlanceEndSession: GlanceTaskPayload;
}

/**
 * The visible texts, by name. English and Spanish are built in, chosen by Flex's language; a text
 * that is given here takes the place of both. Words in braces are filled in.
 */
export interface Strings {
  // Written by `npm run texts`.
  /** Name of the region in the task header. */
  region?: string;
  /** Name of the region in the panel. */
  region_panel?: string;
  /** The main button. */
  cobrowse?: string;
  /** Button that opens the form for a typed key. */
  have_key?: string;
  /** Label of the key's field. */
  key_label?: string;
  /** Hint below the key's field. */
  key_hint?: string;
  /** Button that joins with the typed key. */
  join?: string;
  /** Button: makes an invitation by link and opens the viewer that waits. */
  invite?: string;
  /** What the customer gets. `{link}`. */
  invite_text?: string;
  /** Status: it is sent, and the viewer waits. */
  invite_sent?: string;
  /** Status: it is in the clipboard, and the viewer waits. */
  invite_copied?: string;
  /** Message: the task has no chat, or the invitation was not sent there, so the agent passes it on. */
  invite_copy?: string;
  /** Message: the browser refused the clipboard. */
  invite_not_copied?: string;
  /** Name of the field with the invitation. */
  invite_label?: string;
  /** Button: puts the invitation into the clipboard. */
  copy?: string;
  /** Button: closes the viewer and forgets the invitation. */
  take_back?: string;
  /** No task is selected. */
  no_task?: string;
  /** The task is offered to the agent, who has not accepted it yet. */
  task_offered?: string;
  /** The task that is shown is another agent's, as a supervisor sees it. */
  task_foreign?: string;
  /** A listener of another plugin comes before the Action of a button. */
  plugin_asked?: string;
  /** A “before…” listener of another plugin has not answered for seconds. */
  plugin_silent?: string;
  /** The task names no visitor. */
  no_visitor?: string;
  /** The task's attribute cannot be a session key. `{attribute}`, `{rule}`. */
  task_key_wrong?: string;
  /** Nothing was typed. */
  key_empty?: string;
  /** The key is too long. `{length}`. */
  key_too_long?: string;
  /** The key has an impossible character. `{character}`. */
  key_character?: string;
  /** The task's attribute is no text: the `rule` of `task_key_wrong`. `{given}`. */
  key_not_text?: string;
  /** The login key is on its way. */
  getting_key?: string;
  /** Button that gives up waiting. */
  cancel?: string;
  /** The viewer is loading. */
  loading?: string;
  /** A viewer is open. */
  viewer_open?: string;
  /** A viewer is open in a tab that Flex cannot reach. */
  viewer_in_tab?: string;
  /** Button that opens another viewer in the place of one that Flex cannot reach. */
  open_again?: string;
  /** Name of the time since the viewer was opened. */
  open_for?: string;
  /** Button that brings the viewer to the front. */
  bring_to_front?: string;
  /** Button that closes the viewer. */
  close_viewer?: string;
  /** Button that moves the viewer to a tab. */
  open_in_tab?: string;
  /** The viewer has shown nothing for twenty seconds. */
  frame_slow?: string;
  /** Title of the viewer's frame. */
  frame_title?: string;
  /** The browser blocked the viewer's tab or window. */
  blocked?: string;
  /** The same, below the link, where Flex is in a frame of another page. */
  blocked_in_frame?: string;
  /** Link that opens a blocked viewer. */
  open_viewer?: string;
  /** Flex took the panel away. */
  panel_gone?: string;
  /** There is no panel, so the viewer opened in a tab. */
  without_panel?: string;
  /** Another plugin hides or removed the second panel, so the viewer opened in a tab. */
  panel_taken?: string;
  /** The page is too narrow for the second panel, so the viewer opened in a tab. */
  panel_narrow?: string;
  /** Presence looks for the first time. */
  presence_checking?: string;
  /** The visitor is on the site, and nothing more is known. */
  visitor_here?: string;
  /** The visitor is on the site. `{page}`: page and browser. */
  visitor_here_at?: string;
  /** The visitor is not on the site. */
  visitor_away?: string;
  /** Presence cannot tell. `{reason}`. */
  presence_unavailable?: string;
  /** Button that tries presence again. */
  retry_presence?: string;
  /** Glance's presence script did not load: a `reason`. */
  presence_script?: string;
  /** Glance's script has no Presence API: a `reason`. */
  presence_api?: string;
  /** Glance refused the agent three times in a row: a `reason`. */
  presence_refused?: string;
  /** The presence connection broke: a `reason`. */
  presence_connection?: string;
  /** Glance did not authorize the agent, or gave no answer; it is tried again: a `reason`. */
  presence_authorization?: string;
  /** The agent clicked while the visitor is not there. */
  visitor_absent?: string;
  /** Button that waits for an absent visitor. */
  wait_for_visitor?: string;
  /** Waiting for an absent visitor. */
  awaiting_visitor?: string;
  /** The visitor sees the terms. */
  visitor_asked?: string;
  /** The visitor has not answered for a minute. */
  visitor_silent?: string;
  /** Button that asks the visitor again. */
  ask_again?: string;
  /** The visitor declined. */
  visitor_declined?: string;
  /** The visitor left before answering. */
  visitor_left?: string;
  /** The invitation came back. */
  visitor_not_reached?: string;
  /** The visitor accepted, and the session is about to start. */
  visitor_accepted?: string;
  /** A session runs, and a viewer is open. */
  in_session?: string;
  /** Name of the time since the session started. */
  in_session_for?: string;
  /** A session runs, and no viewer is open. */
  session_unseen?: string;
  /** The end of the session may have been missed: what the agent can do. */
  session_uncertain?: string;
  /** The end of the session may have been missed, in a few words. */
  not_certain?: string;
  /** Only the task says that a session runs, which the agent was in. `{time}`: since when. */
  session_told?: string;
  /** The same, of a session that the agent joined with a typed key. `{time}`. */
  session_told_key?: string;
  /** What its task says of an invitation by link that is out, after a reload of Flex. `{time}`. */
  session_told_link?: string;
  /** Only the task says that a session runs, which another agent was in. `{time}`: since when. */
  session_of_another?: string;
  /** The button that opens the viewer of a session that runs. */
  show_viewer?: string;
  /** The same, of a session of another agent. */
  join_session?: string;
  /** Button by which the agent says that such a session is over. */
  it_is_over?: string;
  /** The session has ended. */
  session_over?: string;
  /** Notification: the visitor of a task that is not selected came. `{customer}`. */
  notify_arrived?: string;
  /** Notification: the visitor accepted and the browser blocked the viewer. `{customer}`. */
  notify_accepted?: string;
  /** The `customer` of a task without a name. */
  the_customer?: string;
  /** Button of a notification that selects the task. */
  show_task?: string;
  /** Button that tries again. */
  try_again?: string;
  /** Button that opens the viewer without a login key. */
  sign_in?: string;
  /** Button that puts a message away. */
  dismiss?: string;
  /** The login-key Function cannot be reached. */
  failed_network?: string;
  /** The Function did not answer in time. */
  failed_timeout?: string;
  /** The Function refused the Flex token. `{status}`. */
  failed_refused?: string;
  /** The Function failed. `{status}`. */
  failed_fault?: string;
  /** The Function's answer is no login-key reply. */
  failed_unreadable?: string;
  /** The Function's key has not the form of a login key. */
  failed_malformed_key?: string;
  /** The Function's key has run out, or lasts more than a day. */
  failed_key_lifetime?: string;
  /** There is no Flex token. */
  failed_no_token?: string;
  /** `puid` gave no text. */
  failed_no_partner_user_id?: string;
  /** The component restarted while the key was on its way. */
  failed_restarted?: string;
  /** Heading of the list of props that are missing or wrong. */
  not_set_up?: string;
  /** A prop is missing. `{prop}`, `{expected}`. */
  prop_missing?: string;
  /** A prop is wrong. `{prop}`, `{given}` (a type, never a value), `{expected}`. */
  prop_wrong?: string;
  /** All that an agent reads where a setting of Flex's configuration is missing or wrong. */
  not_set_up_quiet?: string;
  /** Heading of what administrators read of the settings in Flex's configuration. */
  settings_wrong?: string;
  /** A setting is missing. `{name}`, `{expected}`. */
  setting_missing?: string;
  /** A setting is wrong. `{name}`, `{given}` (a type, never a value), `{expected}`. */
  setting_wrong?: string;
  /** A setting that no prop stands for is wrong. `{name}`. */
  setting_value?: string;
  /** A member of the configuration that is no setting. `{name}`. */
  setting_unknown?: string;
  /** A worker's own value of a setting that workers may not have of their own. `{name}`. */
  setting_worker?: string;
  /** A member of the configuration that looks like a secret. `{name}`. */
  setting_secret?: string;
  /** What `groupid` takes. */
  expected_groupid?: string;
  /** What `authurl` takes. */
  expected_authurl?: string;
  /** What `authtoken` takes. */
  expected_authtoken?: string;
  /** What `openlocation` and `opentype` take. */
  expected_openlocation?: string;
  /** What `presence`, `debugmode`, `notifications` and `immediatetab` take. */
  expected_flag?: string;
  /** What `sessionmaxage` takes. */
  expected_hours?: string;
  /** What `inviteurl` takes. */
  expected_inviteurl?: string;
  /** What `invitetext` takes. */
  expected_invitetext?: string;
  /** What `glancebaseurl` takes. */
  expected_environment?: string;
  /** What `puid` takes. */
  expected_puid?: string;
  /** What `visitorid` takes. */
  expected_visitorid?: string;
  /** What `video` takes. */
  expected_video?: string;
  /** What `viewersandbox` takes. */
  expected_sandbox?: string;
  /** What `onsessionstart` and `onsessionend` take. */
  expected_handler?: string;
  /** What `hosts` takes. */
  expected_hosts?: string;
  /** What each of the `hosts` takes. */
  expected_host?: string;
  /** What `strings` takes. */
  expected_strings?: string;
  /** What `policy` takes. */
  expected_policy?: string;
  /** What each kind of rule of `policy` takes. */
  expected_policy_list?: string;
  /** What names a role, a queue, a channel, a skill, a worker or a path. */
  expected_policy_text?: string;
  /** What a rule about an attribute is. */
  expected_policy_rule?: string;
  /** What `equals` takes, and each entry of `one_of`. */
  expected_policy_value?: string;
  /** What `one_of` takes. */
  expected_policy_values?: string;
  /** The doctor's button: its name and tooltip. */
  doctor_open?: string;
  /** Heading of the doctor's panel. */
  doctor_title?: string;
  /** The doctor is at work. `{done}`, `{total}`. */
  doctor_running?: string;
  /** The doctor's result. `{errors}`, `{warnings}`. */
  doctor_found?: string;
  /** The doctor's result if nothing is wrong. */
  doctor_all_well?: string;
  /** Name of the doctor's list. */
  doctor_findings?: string;
  /** Heading of the doctor's errors. */
  doctor_errors?: string;
  /** Heading of the doctor's warnings. */
  doctor_warnings?: string;
  /** Heading of what the doctor could not find out. */
  doctor_unknowns?: string;
  /** Heading of what the doctor found in order. */
  doctor_oks?: string;
  /** What a finding is: an error. */
  doctor_error?: string;
  /** What a finding is: a warning. */
  doctor_warning?: string;
  /** What a finding is: not known. */
  doctor_unknown?: string;
  /** Heading of the step to take. */
  doctor_fix?: string;
  /** The doctor's button that runs the checks again. */
  doctor_again?: string;
  /** The doctor's button that tests pop-ups. */
  doctor_popups?: string;
  /** The doctor's button that copies the report. */
  doctor_copy?: string;
  /** The report is in the clipboard. */
  doctor_copied?: string;
  /** Name of the report where it has to be copied by hand. */
  doctor_report?: string;
  /** The doctor's button that closes its panel. */
  doctor_close?: string;
  /** WebAssembly is missing or refused. */
  no_wasm?: string;
  /** The module of `flex-glance/external` cannot be loaded. */
  no_module?: string;
  /** Shown after repeated faults, when the component has given up restarting. */
  stopped?: string;
  // To here.
}

/** The props of `TwilioFlexGlance`. `key` is React's own and never reaches the component. */
export interface TwilioFlexGlanceProps {
  // props: begin (written by `npm run props`)
  /**
   * The Glance group ID: a positive integer, or a string of its digits.
   *
   * A change counts with the next session; for presence at once.
   */
  groupid: number | string;
  /**
   * The address of the login-key Function: https, or http on this machine.
   *
   * A change counts with the next session; for presence at once.
   */
  authurl: string;
  /**
   * The agent's Flex token, or a function that gives it, at once or by a promise. A function is
   * called for each login key that is asked for. A text that the Function refuses is replaced once
   * by the Manager's token. A custom element has no Flex to take the token from, so there it has to
   * be set.
   *
   * Default: the current token of Flex's Manager. A change counts with the next login key.
   */
  authtoken?: Supplied;
  /**
   * Where the viewer opens: in Flex's second panel, in a tab, or in a window beside Flex.
   *
   * Default: `flex`. A change counts with the next session.
   */
  openlocation?: OpenLocation;
  /**
   * Another name for `openlocation`, which wins if both are given.
   *
   * A change counts with the next session.
   */
  opentype?: OpenLocation;
  /**
   * Whether presence follows the visitors of all accepted tasks, so that the agent sees who is on
   * the site and connects with one click. Glance's Presence Agent script is loaded for it. Presence
   * is on while one of the components has it on.
   *
   * Default: `false`. A change counts at once.
   */
  presence?: boolean;
  /**
   * Which of Glance's servers are used; `production` unless Glance says otherwise.
   *
   * A change counts with the next session; for presence at once.
   */
  glancebaseurl: GlanceEnvironment;
  /**
   * The agent's Partner UID in Glance, or a function that gives it, at once or by a promise. With
   * our login-key Function it is the agent's Flex identity, `manager.user.identity`. A function is
   * called before every use of a login key; it may be another function with every render, since a
   * key belongs to the Partner UID and not to the function.
   *
   * A change counts with the next login key.
   */
  puid: Supplied;
  /**
   * Whether each step is logged (`console.debug`). A line names states and events, and holds no
   * value of a prop and no ID: a short hash tells tasks apart.
   *
   * Default: `false`. A change counts at once.
   */
  debugmode?: boolean;
  /**
   * The visitor's ID, which is the session key too, or a function of Flex's task that gives it. It
   * counts wherever a session starts: a click, an Action, presence. A text of a registration stands
   * for every task, so it is rarely what is meant; that of a component you place yourself stands
   * for the task that it shows. A function answers at once, not with a promise; it is called often,
   * so it should only read. Where it gives nothing or throws, the attributes count, and so they do
   * where it gives text that stands for nothing (`undefined`, `null`).
   *
   * Default: the task's attributes. A change counts at once.
   */
  visitorid?: string | ((task: any) => string | null | undefined);
  /**
   * Whether a Flex notification tells that the visitor came of a task that is not selected. The one
   * for a blocked viewer is always raised. Counts with `presence` only.
   *
   * Default: `true`. A change counts at once.
   */
  notifications?: boolean;
  /**
   * Whether a `tab` opens within the click, though the visitor has not accepted yet. Without it the
   * agent stays with the chat until then. Counts with `presence` only.
   *
   * Default: `false`. A change counts with the next session.
   */
  immediatetab?: boolean;
  /**
   * Who shows video as a session starts.
   *
   * Default: the setting of the Glance portal. A change counts with the next session.
   */
  video?: VideoMode | OwnVideo;
  /**
   * The tokens of the `sandbox` attribute of the viewer's frame (`flex`), such as `allow-scripts
   * allow-forms`; `false`, or the text `none`, for a frame without a sandbox. What is left out
   * takes one thing away, navigating Flex (`allow-top-navigation…`). See SECURITY.md.
   *
   * Default: every token that Glance's viewer may need. A change counts with the next viewer.
   */
  viewersandbox?: string | false;
  /**
   * Called when Glance tells that a task's session has started. Counts with `presence` only. What
   * it throws goes to the console.
   *
   * A change counts at once.
   */
  onsessionstart?: (session: SessionStart) => void;
  /**
   * Called when a session that `onsessionstart` was called for has ended. What it throws goes to
   * the console.
   *
   * A change counts at once.
   */
  onsessionend?: (session: SessionEnd) => void;
  /**
   * Whether start and end of a session are written to the task, in its attribute `glance_session`.
   * From there a reload of Flex, another tab and the agent who gets the task next know of it. It
   * names agents by SID, and holds no name, no page and no secret, and of keys that of an
   * invitation by link alone, while it lasts.
   *
   * Default: `true`. A change counts at once.
   */
  sessionfacts?: boolean;
  /**
   * After how many hours a session counts as over that only its task tells of.
   *
   * Default: `4`. A change counts at once.
   */
  sessionmaxage?: number | string;
  /**
   * The address of a page of your site that invitations by link lead to: https, or http on this
   * machine. With it agents find **Invite** beside **Have a key?**. The page calls
   * `followInvitation` of `flex-glance/visitor`. A query stays, and a fragment gives way to the
   * invitation's.
   *
   * Default: no invitations by link. A change counts with the next session.
   */
  inviteurl?: string;
  /**
   * What the customer reads with an invitation by link; `{link}` stands for the link. Without
   * `{link}` the link comes after the text.
   *
   * Default: `invite_text` of the visible texts. A change counts with the next session.
   */
  invitetext?: string;
  /**
   * Who sees the component, and for which tasks: rules about the agent and the task. Where it says
   * no the component shows nothing, starts nothing and follows nobody; a session that runs is never
   * cut off. It hides, and forbids nothing: the Function does that, by `ALLOWED_ROLES`.
   *
   * Default: everybody sees it, for every task. A change counts at once.
   */
  policy?: Policy;
  /**
   * Hosts to use in place of the environment's. `web` serves the viewer, `cdn` Glance's Presence
   * Agent script, `presence` presence; `authorization` authorizes agents for presence, and is what
   * serves the viewer if left out.
   *
   * A change counts with the next session; for presence at once.
   */
  hosts?: Hosts;
  /**
   * Visible texts in place of the built-in ones.
   *
   * A change counts at once.
   */
  strings?: Strings;
  /**
   * `doctor` of `flex-glance/doctor`, which checks the set-up. With it, administrators of Flex (and
   * everybody, with `debugmode`) find a button for it in the component. `<flex-glance>` has no such
   * property.
   *
   * A change counts with the next mount.
   */
  doctor?: { attach(component: object): { update(): void; detach(): void } };
  // props: end
}

/**
 * The React component, for `Content.add` and `Content.replace`. Flex adds the selected task and the
 * theme.
 */
export const TwilioFlexGlance: ComponentClass<TwilioFlexGlanceProps>;

/** A component of Flex that takes content. */
export interface ContentPlace {
  Content: {
    add(element: any, options?: any): unknown;
    replace(element: any, options?: any): unknown;
    remove(key: any): unknown;
  };
}

/** What is used of the `flex` that a plugin's `init` is given. */
export interface FlexPlaces {
  TaskCanvasHeader: ContentPlace;
  CRMContainer: ContentPlace;
}

/** Passed on to Flex's `Content.add`. */
export interface ContentOptions {
  /** The place among the other content; default -1, before Flex's own. */
  sortOrder?: number;
  /** Which end it is at. */
  align?: 'start' | 'end';
  /** Called with the place's props; the component shows where it gives `true`. */
  if?: (props: any) => boolean;
}

/** As `ContentOptions`, with one of our own. */
export interface PanelOptions extends ContentOptions {
  /** Use `Content.replace`: nothing else is left in the panel. Default `false`. */
  replace?: boolean;
}

/**
 * Adds the component to the task header, and the panel that `flex` viewers open in.
 *
 * @param flex The first argument of a plugin's `init`.
 * @param manager The second one.
 * @returns Takes everything back: what is shown, viewers, presence, notifications; the Actions reject.
 *   Where both places are registered, the last one to be taken back takes what they share.
 */
export function registerTaskCanvasHeader(
  flex: FlexPlaces,
  manager: object,
  props: TwilioFlexGlanceProps,
  options?: ContentOptions,
): () => void;

/**
 * Adds the component to Flex's second panel.
 *
 * @param flex The first argument of a plugin's `init`.
 * @param manager The second one.
 * @returns Takes everything back, as that of `registerTaskCanvasHeader`.
 */
export function registerCrmContainer(
  flex: FlexPlaces,
  manager: object,
  props: TwilioFlexGlanceProps,
  options?: PanelOptions,
): () => void;

/**
 * Adds the component as administrators set it in Flex's hosted configuration, under
 * `ui_attributes.custom_data.features.glance_cobrowse`, with what a worker's attributes have under
 * `config_overrides.features.glance_cobrowse` over it, as far as workers may have their own:
 * docs/administrators.md has the settings. `puid` is the agent's Flex identity.
 *
 * It follows what Flex hears of: a worker's attributes, and what plugins change of Flex's configuration as far as
 * a worker may change it. Settings of the account count as Flex starts.
 *
 * @param flex The first argument of a plugin's `init`.
 * @param manager The second one.
 * @param overrides Props that win over the settings.
 * @returns Takes everything back, as that of `registerTaskCanvasHeader`.
 */
export function registerFromConfiguration(
  flex: FlexPlaces,
  manager: object,
  overrides?: Partial<TwilioFlexGlanceProps>,
): () => void;
