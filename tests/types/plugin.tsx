// What the documents show, and every export, as a plugin in TypeScript uses them. Only checked by tsc.

import { FlexPlugin } from '@twilio/flex-plugin';
import type * as Flex from '@twilio/flex-ui';
import * as React from 'react';
import {
  registerCrmContainer,
  registerFromConfiguration,
  registerTaskCanvasHeader,
  TwilioFlexGlance,
  type GlanceActions,
  type SessionEnd,
  type Strings,
  type TwilioFlexGlanceProps,
} from 'flex-glance';
import { diagnose, doctor, type Finding } from 'flex-glance/doctor';

/** The quick start. */
export default class GlancePlugin extends FlexPlugin {
  constructor() {
    super('GlancePlugin');
  }

  init(flex: typeof Flex, manager: Flex.Manager) {
    registerTaskCanvasHeader(flex, manager, {
      groupid: 12345,
      authurl: 'https://your-domain.twil.io/getloginkey',
      glancebaseurl: 'production',
      puid: manager.user.identity,
    });
  }
}

export function registerBoth(flex: typeof Flex, manager: Flex.Manager) {
  const props: TwilioFlexGlanceProps = {
    groupid: '12345',
    authurl: 'https://your-domain.twil.io/getloginkey',
    glancebaseurl: 'beta',
    puid: () => manager.user.identity,
    authtoken: async () => manager.user.token,
    openlocation: 'flex',
    opentype: 'tab',
    presence: true,
    debugmode: true,
    visitorid: 'visitor-1',
    notifications: false,
    immediatetab: true,
    video: 'multiway',
    viewersandbox: 'allow-scripts allow-same-origin allow-forms',
    policy: {
      roles: ['agent', 'supervisor'],
      queues: { not: ['Internal'] },
      attributes: [
        { path: 'order.status', one_of: ['open', 'late'] },
        { path: 'vip', equals: true },
        { path: 'case', exists: false },
      ],
    },
    hosts: {
      web: 'www.glance.net',
      cdn: 'www.glancecdn.net',
      presence: 'presence.glance.net',
      authorization: 'https://www.glance.net',
    },
    strings: { cobrowse: 'Share screen', key_too_long: 'At most 62 characters, not {length}.' },
  };
  const isChat = ({ task }: { task?: Flex.ITask }) => task?.taskChannelUniqueName === 'chat';
  const unregister: (() => void)[] = [
    registerTaskCanvasHeader(flex, manager, props, { sortOrder: 1, align: 'end', if: isChat }),
    registerCrmContainer(flex, manager, props),
    registerFromConfiguration(flex, manager),
    registerFromConfiguration(flex, manager, { onsessionend: () => {}, doctor }),
    registerCrmContainer(flex, manager, props, { replace: true }),
  ];
  unregister.forEach((undo) => undo());
}

/** Presence, with what a plugin may hear and do of it. */
export function withPresence(flex: typeof Flex, manager: Flex.Manager) {
  const report = ({ sid, duration, reason }: SessionEnd) => {
    const why: 'ended' | 'agent_left' | 'task_over' | 'unknown' = reason;
    console.info(`${sid}: ${Math.round(duration)} s, ${why}`);
  };
  registerTaskCanvasHeader(flex, manager, {
    groupid: 12345,
    authurl: 'https://your-domain.twil.io/getloginkey',
    glancebaseurl: 'production',
    puid: manager.user.identity,
    presence: true,
    visitorid: (task: Flex.ITask) => task.attributes.customers?.external_id,
    video: { agent: 'true', visitor: 'small-visitor' },
    viewersandbox: false,
    onsessionstart: ({ sid }) => console.info(`${sid}: started`),
    onsessionend: report,
  });
  flex.Actions.addListener(
    'beforeGlanceStartSession',
    ({ sid }: GlanceActions['GlanceStartSession'], cancel: () => void) => {
      if (sid === undefined) cancel();
    },
  );
  const join: GlanceActions['GlanceJoinWithKey'] = { sid: 'WR1', sessionKey: '1234' };
  const end: GlanceActions['GlanceEndSession'] = {};
  void flex.Actions.invokeAction('GlanceJoinWithKey', join);
  void flex.Actions.invokeAction('GlanceEndSession', end);
}

/** The doctor, by the component and by itself. */
export async function withDoctor(flex: typeof Flex, manager: Flex.Manager): Promise<Finding[]> {
  const props: TwilioFlexGlanceProps = {
    groupid: 12345,
    authurl: 'https://your-domain.twil.io/getloginkey',
    glancebaseurl: 'production',
    puid: manager.user.identity,
    doctor,
    strings: { doctor_open: 'Help' },
  };
  registerTaskCanvasHeader(flex, manager, props);
  doctor.open(props);
  const { findings } = await diagnose();
  return [...findings, ...(await diagnose(props)).findings].filter(({ status }) => status !== 'ok');
}

/** The vendor's forms. */
export function addByHand(flex: typeof Flex, manager: Flex.Manager) {
  const props: TwilioFlexGlanceProps = {
    groupid: 12345,
    authurl: 'https://your-domain.twil.io/getloginkey',
    glancebaseurl: 'production',
    puid: manager.user.identity,
    authtoken: manager.user.token,
  };
  flex.TaskCanvasHeader.Content.add(<TwilioFlexGlance key="glance" {...props} />, {
    sortOrder: -1,
  });
  flex.CRMContainer.Content.replace(<TwilioFlexGlance key="glance" {...props} />);
}

/** What is wrong is found. */
export const wrong = [
  // @ts-expect-error: groupid, authurl, glancebaseurl and puid are required.
  <TwilioFlexGlance authurl="https://your-domain.twil.io/getloginkey" />,
  // @ts-expect-error: an environment, not an address.
  { glancebaseurl: 'https://www.glance.net' } satisfies Partial<TwilioFlexGlanceProps>,
  // @ts-expect-error: flex, tab or window.
  { openlocation: 'popup' } satisfies Partial<TwilioFlexGlanceProps>,
  // @ts-expect-error: a function gives a text.
  { authtoken: () => undefined } satisfies Partial<TwilioFlexGlanceProps>,
  // @ts-expect-error: at once, not by a promise.
  { visitorid: async () => 'visitor-1' } satisfies Partial<TwilioFlexGlanceProps>,
  // @ts-expect-error: off, agent or multiway.
  { video: 'on' } satisfies Partial<TwilioFlexGlanceProps>,
  // @ts-expect-error: what Glance is told is a text.
  { video: { agent: true } } satisfies Partial<TwilioFlexGlanceProps>,
  // @ts-expect-error: tokens, or false.
  { viewersandbox: true } satisfies Partial<TwilioFlexGlanceProps>,
  // @ts-expect-error: a list, or one under not.
  { policy: { roles: 'agent' } } satisfies Partial<TwilioFlexGlanceProps>,
  // @ts-expect-error: no regular expressions.
  { policy: { attributes: [{ path: 'a', equals: /b/ }] } } satisfies Partial<TwilioFlexGlanceProps>,
  // @ts-expect-error: one question of each attribute.
  { policy: { attributes: [{ path: 'a' }] } } satisfies Partial<TwilioFlexGlanceProps>,
  // @ts-expect-error: there is no such reason.
  (({ reason }) => reason === 'declined') satisfies TwilioFlexGlanceProps['onsessionend'],
  // @ts-expect-error: a key is required.
  { sid: 'WR1' } satisfies GlanceActions['GlanceJoinWithKey'],
  // @ts-expect-error: no doctor.
  { doctor: true } satisfies Partial<TwilioFlexGlanceProps>,
  // @ts-expect-error: no such text.
  { cobrwose: 'Share' } satisfies Strings,
];
