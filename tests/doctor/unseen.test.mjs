/**
 * Texts of others, from a visitor's page, a browser or an error, may hold direction marks and other
 * characters that are not seen: in no finding do they turn the words around, or hide any.
 */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { asJson, asText } from '../../cli/src/doctor/report.mjs';
import { check, printable, quote } from '../../src/doctor/finding.mjs';
import { judgePage } from '../../src/doctor/judge/page.mjs';
import { judgePresence } from '../../src/doctor/judge/presence.mjs';
import { tellVisitor } from '../../src/doctor/judge/visitor.mjs';
import { judgeFlow } from '../../src/doctor/judge/studio-flow.mjs';

const UNSEEN = [
  ...range(0x00, 0x1f), // controls
  ...range(0x7f, 0x9f),
  0xad, // soft hyphen
  0x34f, // combining grapheme joiner
  0x61c, // Arabic letter mark
  0x115f, // Hangul fillers
  0x1160,
  0x3164,
  0xffa0,
  ...range(0x180b, 0x180f), // Mongolian separators
  ...range(0x200b, 0x200f), // zero width, and direction marks
  ...range(0x2028, 0x202e), // line separators, embeddings and overrides
  ...range(0x2060, 0x206f), // joiners and isolates
  ...range(0xfe00, 0xfe0f), // variation selectors
  0xfeff,
  ...range(0xfff9, 0xfffb), // interlinear annotation
  0xe0001, // tags
  ...range(0xe0020, 0xe007f),
  0xd800, // half a character
];

function range(from, to) {
  return Array.from({ length: to - from + 1 }, (_, at) => from + at);
}

const characters = UNSEEN.map((code) => String.fromCodePoint(code));
const name = (character) => `U+${character.codePointAt(0).toString(16)}`;
const CHECK = check('doctor.fault', 'Why.');

test('a finding shows every character that it has', () => {
  for (const character of characters) {
    const { seen, fix } = CHECK.error(`a${character}b`, `c${character}d`);
    assert.deepEqual([seen, fix], ['a\ufffdb', 'c\ufffdd'], name(character));
    assert.equal(quote(`a${character}b`), '"a\ufffdb"', name(character));
  }
});

test('letters of every direction, marks above them and pictures stay as they are', () => {
  for (const text of [
    'maria@example.com',
    'שלום',
    'مرحبا',
    'jo\u0308rg',
    '日本語',
    '🙂',
    '« ·–»',
  ]) {
    assert.equal(printable(text), text);
  }
});

test('a secret that unseen characters cut in two is no longer one, and a whole one is taken out', () => {
  const key = `$1$1700003600$${'A'.repeat(43)}`;
  assert.equal(CHECK.error(`It is ${key}\u202e.`).seen, 'It is (removed)\ufffd.');
});

const SPOOFED = `shop\u202e\u2066\u061c\n\u001b[31m\u200bevil`;

for (const [what, findings] of [
  ['an error of Glance', judgePresence({ refused: SPOOFED }, 'https://flex.twilio.com')],
  ['a look-up that failed', judgePresence({ lookup: SPOOFED }, 'https://flex.twilio.com')],
  ["a task's attribute", [tellVisitor({ visitor: { nothing: [['channelSid', SPOOFED]] } }, [])]],
  ["an attribute's name", [tellVisitor({ visitor: { nothing: [] } }, [`glance${SPOOFED}`])]],
  ['a widget', judgeFlow(`{"initial_state":"a","states":[{"name":${JSON.stringify(SPOOFED)}}]}`)],
  [
    'a page',
    judgePage(
      {
        status: 200,
        url: 'https://shop.example/',
        headers: { 'content-security-policy': `script-src ${SPOOFED} https://${SPOOFED}` },
        body: `<script id="${SPOOFED}" src="https://x/${SPOOFED}/cobrowse/CobrowseJS.ashx" data-site="${SPOOFED}" data-${SPOOFED}="1" charset="${SPOOFED}" type="${SPOOFED}"></script>`,
      },
      {},
    ),
  ],
  [
    'a content type',
    judgePage({ status: 200, url: 'https://x/', headers: { 'content-type': SPOOFED } }, {}),
  ],
]) {
  test(`${what} turns no finding around`, () => {
    const texts = findings.flatMap(({ seen, why, fix }) => [seen, why, fix]);
    for (const text of texts) assert.equal(printable(text), text);
  });
}

test('the name of a file turns no report around', () => {
  const examined = [{ subject: `Studio flow ${SPOOFED}`, findings: [CHECK.ok('x')] }];
  const [first] = asText(examined).split('\n');
  assert.equal(first, printable(first));
  assert.doesNotMatch(asJson(examined), /[\u202e\u2066]/);
});
