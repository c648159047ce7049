// Every subpath on one page, and one value of each. `modules` of `../package.mjs` lists them, and
// `VALUES` of `../subpaths.mjs` says what has to come out.
import { TwilioFlexGlance } from 'flex-glance';
import { diagnose } from 'flex-glance/doctor';
import { defineFlexGlance } from 'flex-glance/element';
import { moduleId } from 'flex-glance/external';
import { glance } from 'flex-glance/testing';
import { visitorId } from 'flex-glance/visitor';

/** A flag that is set as an attribute. */
function flag() {
  defineFlexGlance('flex-glance-tried');
  const element = document.createElement('flex-glance-tried');
  element.setAttribute('presence', '');
  return element.presence;
}

/** The visitors that the mock counts. */
function visitors() {
  glance.visitorArrives('alice-1');
  return glance.visitors;
}

window.subpaths = diagnose().then(({ findings }) => ({
  'flex-glance': typeof TwilioFlexGlance.prototype.render,
  'flex-glance/doctor': findings.map(({ check }) => check),
  'flex-glance/element': flag(),
  'flex-glance/external': moduleId.length,
  'flex-glance/testing': visitors(),
  'flex-glance/visitor': visitorId() === visitorId(),
}));
