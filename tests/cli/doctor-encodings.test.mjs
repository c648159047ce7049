/** `npx flex-glance-cli doctor --flow` reads a file in every encoding that an editor or a shell writes. */

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, test } from 'node:test';

import { unpackPackage } from './package.mjs';

const { home, remove, run } = unpackPackage();
after(remove);

const SIDS = ['--workflow', `WW${'1'.repeat(32)}`, '--channel', `TC${'2'.repeat(32)}`];
run('studio', ...SIDS, '--out', 'flow.json');
// Names of widgets may hold any character.
const FLOW = readFileSync(path.join(home, 'flow.json'), 'utf8').replaceAll(
  'send_to_flex',
  'Zürich €',
);
const LATIN = FLOW.replaceAll('€', 'ü');

const swapped = (text) => Buffer.from(text, 'utf16le').swap16();
function utf32(text, write) {
  const characters = Array.from(text);
  const bytes = Buffer.alloc(characters.length * 4);
  characters.forEach((character, at) => bytes[write](character.codePointAt(0), at * 4));
  return bytes;
}

for (const [what, bytes, name = 'Zürich €'] of [
  ['UTF-8', Buffer.from(FLOW)],
  ['UTF-8 with a byte order mark (Notepad, Out-File -Encoding utf8)', Buffer.from(`\ufeff${FLOW}`)],
  ['UTF-16LE with a byte order mark (> of PowerShell)', Buffer.from(`\ufeff${FLOW}`, 'utf16le')],
  ['UTF-16LE without one', Buffer.from(FLOW, 'utf16le')],
  ['UTF-16BE with a byte order mark (-Encoding bigendianunicode)', swapped(`\ufeff${FLOW}`)],
  ['UTF-16BE without one', swapped(FLOW)],
  ['UTF-32LE with a byte order mark (-Encoding utf32)', utf32(`\ufeff${FLOW}`, 'writeUInt32LE')],
  ['UTF-32LE without one', utf32(FLOW, 'writeUInt32LE')],
  ['UTF-32BE with a byte order mark', utf32(`\ufeff${FLOW}`, 'writeUInt32BE')],
  ['UTF-32BE without one', utf32(FLOW, 'writeUInt32BE')],
  ['Latin-1 (-Encoding default)', Buffer.from(LATIN, 'latin1'), 'Zürich ü'],
  ['Windows-1252', Buffer.from(FLOW.replaceAll('€', '\x80'), 'latin1'), 'Zürich \ufffd'],
  ['UTF-8 with CRLF', Buffer.from(FLOW.replaceAll('\n', '\r\n'))],
  ['UTF-16LE with CRLF', Buffer.from(`\ufeff${FLOW.replaceAll('\n', '\r\n')}`, 'utf16le')],
  ['UTF-8 with CR alone', Buffer.from(FLOW.replaceAll('\n', '\r'))],
]) {
  test(`a flow in ${what} is read`, () => {
    writeFileSync(path.join(home, 'odd.json'), bytes);
    const { status, stdout } = run('doctor', '--json', '--flow', 'odd.json');
    const { findings } = JSON.parse(stdout).examined[0];
    assert.equal(status, 0, JSON.stringify(findings));
    const widget = findings.find(({ check }) => check === 'studio.send_to_flex');
    assert.ok(widget.seen.startsWith(`"${name}" makes the task`), widget.seen);
  });
}

for (const [what, bytes] of [
  ['nothing', []],
  ['one byte', [0x7b]],
  ['zeroes', Array(64).fill(0)],
  ['a byte order mark', [0xff, 0xfe]],
  ['a byte order mark of UTF-32', [0xff, 0xfe, 0, 0]],
  ['characters that there are not', [0xff, 0xfe, 0, 0, 0xff, 0xff, 0xff, 0xff]],
]) {
  test(`a file of ${what} is no flow, and ends nothing`, () => {
    writeFileSync(path.join(home, 'odd.json'), Buffer.from(bytes));
    const { status, stdout } = run('doctor', '--json', '--flow', 'odd.json');
    assert.equal(status, 1);
    assert.equal(JSON.parse(stdout).examined[0].findings[0].check, 'studio.flow');
  });
}
