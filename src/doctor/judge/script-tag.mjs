/**
 * Judges Glance's script tag on a page, attribute by attribute.
 *
 * Source of attributes and values: Glance's pages on the script tag; those that were observed only,
 * and not documented, are marked in `www/visitor/index.d.ts`.
 */

import { isAcceptable, originOf } from '../address.mjs';
import { environmentOfScript, serversOf } from '../environment.mjs';
import { readGroupId } from '../group-id.mjs';
import { check, quote } from '../finding.mjs';
import { standsForNothing } from '../nothing.mjs';
import { scriptTags } from '../script-tag.mjs';
import { isSessionKey } from '../session-key.mjs';
import { trim } from '../white-space.mjs';
import { SCRIPT, judgeAbsentTag } from './tag-by-script.mjs';

const SRC = check('visitor.script.src', "The script comes from there, for this group's settings.");
const ID = check('visitor.script.id', 'Script and pages find the tag by its id.');
const DOES = check('visitor.script.type', 'A browser runs scripts of some types only.');

/**
 * @param {{tags: import('../html.mjs').Element[], url: string, html: string, isCut?: boolean}} page
 * @param {{groupid?: unknown, environment?: unknown, hosts?: unknown}} settings
 * @returns {import('../finding.mjs').Finding[]}
 */
export function judgeScriptTag(page, settings) {
  const { tags, url } = page;
  const found = scriptTags(tags, url);
  if (found.length === 0) return [judgeAbsentTag(page)];
  if (found.length > 1) {
    return [
      SCRIPT.error(
        `The page has ${found.length} of Glance's script tags.`,
        'Leave one of them, with id="glance-cobrowse".',
      ),
    ];
  }
  const [{ tag, src }] = found;
  const { attributes, repeated } = tag;
  const findings = [
    repeated.length === 0
      ? SCRIPT.ok("The page has Glance's script tag.")
      : SCRIPT.warning(
          `The tag has ${listed(repeated)} more than once; browsers take the first.`,
          'Leave one of each.',
        ),
    judgeId(attributes.get('id')),
  ];
  const type = judgeType(attributes.get('type'));
  if (type) findings.push(type);
  findings.push(judgeSrc(src, attributes, settings));
  for (const name of Object.keys(DATA)) {
    const finding = judgeData(name, attributes.get(`data-${name}`), { src, url, settings });
    if (finding) findings.push(finding);
  }
  return [...findings, ...judgeOthers(attributes)];
}

function judgeId(id) {
  if (id === 'glance-cobrowse') return ID.ok('id is "glance-cobrowse".');
  const fix = 'Set id="glance-cobrowse".';
  return id === 'cobrowsescript'
    ? ID.warning('id is "cobrowsescript", the old name.', fix)
    : ID.error(id === undefined ? 'The tag has no id.' : `id is ${quote(id)}.`, fix);
}

function judgeType(type) {
  if (type === undefined) return undefined;
  return /^\s*((text|application)\/(x-)?(java|ecma)script|module)?\s*$/i.test(type)
    ? DOES.ok(`type is ${quote(type)}.`)
    : DOES.error(
        `type is ${quote(type)}: no browser runs it.`,
        'Remove type; or, if a consent manager put it there, let it release the script.',
      );
}

const PATH = '/cobrowse/CobrowseJS.ashx';

function judgeSrc(src, attributes, settings) {
  const servers = serversOf(settings);
  const group = attributes.get('data-groupid') || '12345';
  const right = `${servers.cdn}${PATH}?group=${group}&site=${attributes.get('data-site') || 'production'}`;
  const fix = `Set src to ${right.replace(/&/g, '&amp;')}`;
  if (src === undefined) return SRC.error('The tag has no src.', `${fix}.`);
  if (!isAcceptable(src.href)) return SRC.error('src is no https address.', `${fix}.`);
  if (src.pathname !== PATH) {
    return SRC.error(`src is ${quote(src.origin + src.pathname)}.`, `${fix}; capitals count.`);
  }
  const script = src.searchParams.get('script');
  if (script !== null && script !== 'PresenceVisitor') {
    return SRC.error(
      `src asks for the script ${quote(script)}, which is not the visitor's.`,
      `${fix}, without script=.`,
    );
  }
  if (src.searchParams.get('group') === null && src.searchParams.get('groupid') === null) {
    return SRC.error('src names no group.', `${fix}.`);
  }
  if (src.origin === servers.cdn) return SRC.ok(`src is at ${src.origin}.`);
  const environment = environmentOfScript(src.hostname);
  const wanted = String(settings.environment || 'production')
    .trim()
    .toLowerCase();
  if (environment === wanted && !(settings.hosts || {}).cdn)
    return SRC.ok(`src is at ${src.origin}.`);
  return environment === undefined
    ? SRC.warning(
        `src is at ${quote(src.origin)}, which is not known as Glance's.`,
        `${fix}; or, if Glance gave you this host, pass it as hosts.cdn (--host cdn=…).`,
      )
    : SRC.error(
        `src is at ${quote(src.origin)}, Glance's ${environment}, and the component is set to ${servers.cdn}.`,
        `${fix}, or give the component the same environment.`,
      );
}

/**
 * Each attribute `data-…`: why it matters, and its judge, which is given the value and answers
 * undefined (no finding), `{ok}`, `{warning, fix}` or `{error, fix}`.
 */
const DATA = {
  groupid: {
    why: 'Agents can join sessions of their own group only.',
    judge(value, { src, settings }) {
      const id = readGroupId(value);
      const fix = "Set data-groupid, and group= in src, to your group's number.";
      if (value === undefined) return { error: 'data-groupid is missing.', fix };
      if (id === undefined) return { error: `data-groupid is ${quote(value)}.`, fix };
      const inSrc = src && (src.searchParams.get('group') || src.searchParams.get('groupid'));
      if (inSrc && readGroupId(inSrc) !== id) {
        return { error: `data-groupid is ${id}, and src names group ${quote(inSrc)}.`, fix };
      }
      const own = readGroupId(settings.groupid);
      if (own !== undefined && own !== id) {
        return { error: `data-groupid is ${id}, and the component's groupid is ${own}.`, fix };
      }
      return { ok: `data-groupid is ${id}.` };
    },
  },
  site: {
    why: "It picks which of the group's published settings the page uses.",
    judge(value, { src }) {
      const inSrc = src ? src.searchParams.get('site') : null;
      const fix = 'Set data-site, and site= in src, to "production".';
      if (value === undefined) {
        return { warning: 'data-site is missing.', fix };
      }
      if (value !== 'production' && value !== 'staging') {
        return { error: `data-site is ${quote(value)}.`, fix };
      }
      if (inSrc !== null && inSrc !== value) {
        return { error: `data-site is "${value}", and src has site=${quote(inSrc)}.`, fix };
      }
      return value === 'staging'
        ? { warning: 'data-site is "staging": settings that are being tried out.', fix }
        : { ok: 'data-site is "production".' };
    },
  },
  presence: {
    why: 'Only with presence is an agent told that the customer is on the site.',
    judge(value) {
      const fix = 'Set data-presence="api", unless agents join by a session key alone.';
      if (value === 'api') return { ok: 'data-presence is "api".' };
      if (value === undefined || value === 'off') {
        return { warning: 'data-presence is off: nobody is ever present.', fix };
      }
      return value === 'on'
        ? {
            warning:
              'data-presence is "on": Glance connects visitors by itself, not under the ID of a chat.',
            fix,
          }
        : { error: `data-presence is ${quote(value)}.`, fix };
    },
  },
  cookiedomain: {
    why: 'A session goes on from one sub-domain to the next by a cookie of this domain.',
    judge(value, { url }) {
      if (value === undefined) return undefined;
      const { hostname } = new URL(url);
      const domain = value.replace(/^\./, '').toLowerCase();
      const fix = 'Set data-cookiedomain to the domain that all pages share, or leave it out.';
      if (!/^([a-z0-9-]{1,63}\.)+[a-z0-9-]{1,63}$/.test(domain)) {
        return { error: `data-cookiedomain is ${quote(value)}, which is no domain.`, fix };
      }
      return hostname === domain || hostname.endsWith(`.${domain}`)
        ? { ok: `data-cookiedomain is ${quote(value)}.` }
        : {
            error: `data-cookiedomain is ${quote(value)}, and the page is on ${hostname}: the browser refuses the cookie.`,
            fix,
          };
    },
  },
  cookietype: oneOf('It says how the script stores a session.', 'normal', 'ls', 'dual', 'secure'),
  additionalgroupids: {
    why: 'Sessions of the page may run in these groups too.',
    judge(value) {
      if (value === undefined) return undefined;
      return value.split(',').every((id) => readGroupId(id) !== undefined)
        ? { ok: `data-additionalgroupids is ${quote(value)}.` }
        : {
            error: `data-additionalgroupids is ${quote(value)}.`,
            fix: 'Set it to group numbers, separated by commas.',
          };
    },
  },
  inputevents: {
    why: 'These keys let a visitor start a session.',
    judge(value) {
      if (value === undefined) return undefined;
      const fix =
        'Set it to JSON such as {"ctrl-13":"showTerms"}; in HTML between single quotes, or with &quot;.';
      const keys = readShortcuts(value);
      if (keys === undefined) return { error: 'data-inputevents is no JSON object.', fix };
      const strange = Object.values(keys).filter(
        (action) => !['showButton', 'showTerms', 'startSession'].includes(action),
      );
      return strange.length > 0
        ? { warning: `data-inputevents has ${listed(strange)}, which is not known.`, fix }
        : { ok: `data-inputevents has ${Object.keys(keys).length} key(s).` };
    },
  },
  termsurl: {
    why: 'The visitor is shown these terms.',
    judge(value) {
      if (value === undefined) return undefined;
      return isAcceptable(value)
        ? { ok: `data-termsurl is ${quote(value)}.` }
        : {
            error: `data-termsurl is ${quote(value)}.`,
            fix: 'Set it to an https address in full.',
          };
    },
  },
  visitorid: {
    why: "It has to be the visitor's own, and the same as glance_visitor_id of the task.",
    judge(value) {
      if (value === undefined) return undefined;
      if (standsForNothing(value)) {
        return {
          error: `data-visitorid is the text ${quote(trim(value))}, which stands for nothing: all visitors would share it.`,
          fix: "Set data-visitorid to the visitor's own ID, or leave it out.",
        };
      }
      return isSessionKey(value)
        ? { ok: `data-visitorid is ${quote(value)}.` }
        : {
            error: `data-visitorid is ${quote(value)}, which Glance does not accept.`,
            fix: 'Use 1 to 62 letters A to Z, digits, - _ . ~.',
          };
    },
  },
  ws: server("Glance's web server for this page."),
  presenceserver: server("Glance's presence server for this page."),
  scriptserver: server("Glance's script server for this page."),
  startpaused: oneOf('It says whether a session starts paused.', '1', '2'),
  video: {
    why: 'It says with which video a session starts; its values are not public.',
    judge(value) {
      if (value === undefined) return undefined;
      return /^[A-Za-z0-9_-]{1,40}$/.test(value)
        ? { ok: `data-video is ${quote(value)}.` }
        : {
            error: `data-video is ${quote(value)}.`,
            fix: 'Set it to the word that Glance told you.',
          };
    },
  },
  collection: oneOf('Glance does not say what it does.', 'on'),
  authtoken: {
    why: "It is an agent's credential: every visitor of the page could read it.",
    judge(value) {
      if (value === undefined) return undefined;
      return {
        error: "The tag of a visitor's page has data-authtoken.",
        fix: 'Take data-authtoken away, and do not use that token again.',
      };
    },
  },
};

function oneOf(why, ...values) {
  return {
    why,
    judge(value, { name }) {
      if (value === undefined) return undefined;
      return values.includes(value)
        ? { ok: `data-${name} is "${value}".` }
        : {
            error: `data-${name} is ${quote(value)}.`,
            fix: `Set it to ${values.map((one) => `"${one}"`).join(' or ')}, or leave it out.`,
          };
    },
  };
}

function server(why) {
  return {
    why,
    judge(value, { name }) {
      if (value === undefined) return undefined;
      return originOf(value) === undefined
        ? {
            error: `data-${name} is ${quote(value)}.`,
            fix: 'Set it to the host that Glance told you, or leave it out.',
          }
        : { ok: `data-${name} is ${quote(value)}.` };
    },
  };
}

function judgeData(name, value, context) {
  const { why, judge } = DATA[name];
  const verdict = judge(value, Object.assign({ name }, context));
  if (verdict === undefined) return undefined;
  const made = check(`visitor.script.${name}`, why);
  if (verdict.ok) return made.ok(verdict.ok);
  return verdict.error
    ? made.error(verdict.error, verdict.fix)
    : made.warning(verdict.warning, verdict.fix);
}

const OTHERS = check('visitor.script.other', 'Glance ignores what it does not know.');
const CHARSET = check('visitor.script.charset', 'The script is UTF-8.');
const INTEGRITY = check(
  'visitor.script.integrity',
  'A browser refuses the script as soon as Glance changes it.',
);

/** Attributes that are no data, and data that Glance does not know. */
function judgeOthers(attributes) {
  const findings = [];
  const charset = attributes.get('charset');
  if (charset !== undefined) {
    findings.push(
      /^utf-?8$/i.test(charset)
        ? CHARSET.ok('charset is UTF-8.')
        : CHARSET.warning(`charset is ${quote(charset)}.`, 'Set charset="UTF-8".'),
    );
  }
  if (attributes.get('integrity')) {
    findings.push(INTEGRITY.error('The tag has integrity.', 'Take integrity away.'));
  }
  const strange = Array.from(attributes.keys()).filter(
    (name) => name.startsWith('data-') && !Object.hasOwn(DATA, name.slice(5)),
  );
  if (strange.length > 0) {
    findings.push(
      OTHERS.warning(
        `The tag has ${listed(strange)}, which is not known.`,
        `Look for a slip of the pen: there are ${Object.keys(DATA)
          .filter((name) => name !== 'authtoken')
          .map((name) => `data-${name}`)
          .join(', ')}.`,
      ),
    );
  }
  return findings;
}

function listed(names) {
  return names.slice(0, 5).map(quote).join(', ');
}

function readShortcuts(value) {
  try {
    const keys = JSON.parse(value);
    return typeof keys === 'object' && keys !== null && !Array.isArray(keys) ? keys : undefined;
  } catch (_) {
    return undefined;
  }
}
