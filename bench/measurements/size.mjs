// What the component weighs beside its twins.

import { COLUMNS, NAMES } from '../comparison.mjs';
import { significant } from '../rounds.mjs';
import { weigh } from '../variants.mjs';

export const title = 'Bytes, gzip -9, of one file with everything but React in it';

export const columns = COLUMNS.slice(0, NAMES.length + 1);

export async function measure({ bench }) {
  const bytes = weigh(bench.files);
  const values = NAMES.map((name) => bytes[name]);
  const rest = bytes['react-dom'];
  return [
    {
      what: 'what a Flex plugin grows by',
      unit: 'bytes',
      values: [...values, significant(bytes.ours / bytes.react)],
    },
    {
      what: 'on a page that has no React yet',
      unit: 'bytes',
      values: [
        bytes.ours + rest,
        bytes.react + rest,
        bytes.preact,
        significant((bytes.ours + rest) / (bytes.react + rest)),
      ],
    },
  ];
}
