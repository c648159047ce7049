// The README's examples, and every export, as a plugin in TypeScript uses them. Only checked by tsc.

import { FlexPlugin } from '@twilio/flex-plugin';
import type * as Flex from '@twilio/flex-ui';
import * as React from 'react';
import {
  registerCrmContainer,
  registerTaskCanvasHeader,
  TwilioFlexGlance,
  type Strings,
  type TwilioFlexGlanceProps,
} from 'flex-glance';

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
    hosts: { web: 'www.glance.net' },
    strings: { cobrowse: 'Share screen', key_too_long: 'At most 62 characters, not {length}.' },
  };
  const isChat = ({ task }: { task?: Flex.ITask }) => task?.taskChannelUniqueName === 'chat';
  const unregister: (() => void)[] = [
    registerTaskCanvasHeader(flex, manager, props, { sortOrder: 1, align: 'end', if: isChat }),
    registerCrmContainer(flex, manager, props),
    registerCrmContainer(flex, manager, props, { replace: true }),
  ];
  unregister.forEach((undo) => undo());
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
  // @ts-expect-error: no such text.
  { cobrwose: 'Share' } satisfies Strings,
];
