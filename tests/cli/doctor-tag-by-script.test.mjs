/** What the doctor says about a page whose tag may come by script. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { judgePage } from '../../src/doctor/judge/page.mjs';
import { LOOK_FOR_TAG } from '../../src/doctor/judge/tag-by-script.mjs';

const page = (head) => ({
  url: 'https://shop.example.com/teas',
  status: 200,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: `<!doctype html><html><head><title>Teas</title>${head}</head><body></body></html>`,
});
const tagOf = (given) => judgePage(given, {}).find(({ check }) => check === 'visitor.script');

for (const [what, given, expected] of [
  [
    'the shell of an application',
    page('<div id="root"></div><script type="module" src="/assets/index-1.js"></script>'),
    'unknown',
  ],
  [
    'the shell of an older application',
    page('<app-root></app-root><script src="main.js" defer></script>'),
    'unknown',
  ],
  [
    'a tag manager',
    page('<script src="https://www.googletagmanager.com/gtm.js?id=GTM-X"></script>'),
    'unknown',
  ],
  [
    'the snippet of a tag manager',
    page(
      "<script>(function(w,d,s,l,i){var j=d.createElement(s);j.src='https://www.googletagmanager.com/gtm.js?id='+i;d.head.appendChild(j)})(window,document,'script','dataLayer','GTM-ABC1234');</script>",
    ),
    'unknown',
  ],
  ['a script of the site', page('<script src="/site.js"></script>'), 'unknown'],
  [
    'a script that brings others',
    page('<script>document.head.append(document.createElement("script"))</script>'),
    'unknown',
  ],
  [
    'scripts that bring nothing',
    page('<script>window.a = 1</script><script type="application/ld+json">{"a":"b"}</script>'),
    'error',
  ],
  [
    'data in the place of a script',
    page('<script type="text/template" src="/a.html"></script><div id="root"></div>'),
    'error',
  ],
]) {
  test(`${what} without a tag: ${expected}`, () => {
    assert.equal(tagOf(given).status, expected);
  });
}

test('a page whose tag may come by script is told what may bring it, and how to look', () => {
  for (const [head, seen] of [
    [
      '<script src="https://www.googletagmanager.com/gtm.js?id=GTM-X"></script>',
      /Google Tag Manager/,
    ],
    ['<script src="https://tags.tiqcdn.com/utag/a/b/prod/utag.js"></script>', /Tealium/],
    ['<script src="https://assets.adobedtm.com/a/launch-b.min.js"></script>', /Adobe tags/],
    ['<div id="__next"></div><script src="/a.js"></script>', /the application that its scripts/],
    ['<script type="module" src="/a.js"></script>', /the application that its scripts/],
    ['<script src="/a.js"></script><script src="/b.js"></script>', /its scripts \(2\) may add it/],
  ]) {
    const finding = tagOf(page(head));
    assert.match(finding.seen, seen);
    assert.match(finding.fix, /console: document\.querySelector\(.*\)\?\.outerHTML/);
  }
});

test('the line for the console finds every tag that the doctor finds', () => {
  assert.ok(LOOK_FOR_TAG.length < 120 && !LOOK_FOR_TAG.includes('\n'));
  const asked = [];
  const document = { querySelector: (selector) => void asked.push(selector) };
  assert.equal(new Function('document', `return ${LOOK_FOR_TAG}`)(document), undefined);
  assert.deepEqual(asked[0].split(', '), [
    '#glance-cobrowse',
    '#cobrowsescript',
    "script[src*='/CobrowseJS.ashx']",
  ]);
});
