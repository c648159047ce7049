// What a project in TypeScript uses of the subpaths.
import {
  TwilioFlexGlance,
  registerTaskCanvasHeader,
  type TwilioFlexGlanceProps,
} from 'flex-glance';
import { diagnose, doctor, type Finding } from 'flex-glance/doctor';
import { defineFlexGlance, setTasks, type FlexGlanceElement } from 'flex-glance/element';
import { TwilioFlexGlance as External, moduleId, setModuleUrl } from 'flex-glance/external';
import { TwilioFlexGlance as Mock, glance, type GlanceCall } from 'flex-glance/testing';
import { visitorId } from 'flex-glance/visitor';
import { createElement } from 'react';

const props: TwilioFlexGlanceProps = {
  groupid: 12345,
  authurl: 'https://your-domain.twil.io/getloginkey',
  glancebaseurl: 'production',
  puid: () => 'maria',
  doctor,
};
export const elements = [TwilioFlexGlance, External, Mock].map((one) => createElement(one, props));
export const id: string = visitorId();
export const register: Function = registerTaskCanvasHeader;
export const findings: Promise<Finding[]> = diagnose(props).then((report) => report.findings);
setModuleUrl(new URL(`https://assets.example.com/flex_glance-${moduleId}.wasm`));

export function desktop(): FlexGlanceElement {
  defineFlexGlance();
  setTasks([{ sid: 'WR1', attributes: { glance_visitor_id: 'alice-1' } }]);
  const element = document.createElement('flex-glance');
  element.presence = true;
  element.task = { sid: 'WR1' };
  // @ts-expect-error: a task has a sid.
  element.task = {};
  return element;
}

export const calls: GlanceCall[] = glance.callsOf('viewerOpened');
// @ts-expect-error: there is no such reason.
glance.failNextKey('forbidden');
// @ts-expect-error: an address.
setModuleUrl(12345);
