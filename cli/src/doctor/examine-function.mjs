// Asks a login-key Function as the component does, and judges what comes.

import { judgeFunction } from '../../../src/doctor/judge/function.mjs';
import { createNetwork } from './network.mjs';
import { request } from './request.mjs';
import { judgeSettings } from './settings.mjs';

/** No Flex token: Twilio has to refuse it. */
const MADE_UP_TOKEN = 'made-up-by-flex-glance-doctor';

/**
 * @param {object} asked
 * @param {URL} asked.url
 * @param {string} asked.origin Of the pages that ask.
 * @param {{groupid?: unknown}} [asked.settings]
 * @param {string} [asked.partnerUserId]
 * @param {string} [asked.flexToken] Of an agent; without one a made-up token is sent.
 * @returns {Promise<import('../../../src/doctor/finding.mjs').Finding[]>}
 */
export async function examineFunction({ url, origin, settings = {}, partnerUserId, flexToken }) {
  // A token must not cross a network in the clear.
  const findings = judgeSettings({ authurl: url.href });
  if (findings.some(({ status }) => status === 'error')) return findings;

  console.error(`Asking ${nameOf(url)} …`);
  const form = new URLSearchParams({ Token: flexToken || MADE_UP_TOKEN });
  if (partnerUserId !== undefined && flexToken) form.set('partneruserid', partnerUserId);
  const network = createNetwork();
  const answer = await request(url, {
    network,
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded;charset=UTF-8',
      'content-length': Buffer.byteLength(String(form)),
      origin,
    },
    body: String(form),
  });
  const question = {
    url: url.href,
    origin,
    token: flexToken ? 'flex' : 'made-up',
    partnerUserId,
    groupid: settings.groupid,
  };
  return [...findings, ...network.findings(), ...judgeFunction(answer, question)];
}

/** An address as it is told: without a query. */
export function nameOf({ origin, pathname }) {
  return origin + pathname;
}
