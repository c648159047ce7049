// As `glance.js`, with the types of Flex UI and of every subpath.
import * as Flex from '@twilio/flex-ui';
import { registerTaskCanvasHeader, TwilioFlexGlanceProps } from 'flex-glance';
import { doctor } from 'flex-glance/doctor';
import { moduleId } from 'flex-glance/external';
import { defineFlexGlance } from 'flex-glance/element';
import { glance as mock } from 'flex-glance/testing';
import { visitorId } from 'flex-glance/visitor';

type Glance = Omit<TwilioFlexGlanceProps, 'puid'>;

export const tried: [string, () => void, string[], () => string] = [
  moduleId,
  defineFlexGlance,
  mock.visitors,
  visitorId,
];

export function addGlance(flex: typeof Flex, manager: Flex.Manager): void {
  const { glance } = manager.serviceConfiguration.ui_attributes as { glance: Glance };
  registerTaskCanvasHeader(flex, manager, { ...glance, puid: manager.user.identity, doctor });
}
