/**
 * The table of props in each form that is committed. Each function takes the rows and gives the lines
 * between the marks of its file.
 *
 * @typedef {object} Row
 * @property {string} name
 * @property {boolean} prop Whether it is one; otherwise it is a setting alone.
 * @property {string} type In TypeScript.
 * @property {string} kind
 * @property {boolean} required
 * @property {string} default Empty if there are no words for it.
 * @property {string} help
 * @property {string} details
 * @property {string} counts From when on a change counts.
 * @property {string | null} expected What validation expects; null for what JavaScript alone reads.
 * @property {boolean} attribute
 * @property {string[]} values The texts that it takes, if it takes no others.
 * @property {string[]} members Those that are settings each for itself.
 * @property {{name: string, workers: boolean, default: string} | null} setting
 */

const WIDTH = 100;

/** @param {Row[]} rows The members of `TwilioFlexGlanceProps`. */
export function types(rows) {
  return props(rows).map(member).join('\n');
}

/** @param {Row[]} rows The names that JavaScript passes on to the module. */
export function passedOn(rows) {
  return names(rows.filter(({ expected }) => expected !== null)).join('\n');
}

/** @param {Row[]} rows What the custom element has attributes for. */
export function attributeLists(rows) {
  const attributes = props(rows).filter(({ attribute }) => attribute);
  const flags = attributes.filter(({ kind }) => kind === 'flag');
  return `const ATTRIBUTES = [${names(attributes).join('')}];\nconst FLAGS = [${names(flags).join('')}];`;
}

/** @param {Row[]} all */
export function docsTable(all) {
  const rows = props(all);
  const table = [
    '| Prop | Type | Default | What it does | A change counts |',
    '|---|---|---|---|---|',
    ...rows.map((row) =>
      ['', `\`${row.name}\``, code(row.type), defaultOf(row), row.help, row.counts, '']
        .join(' | ')
        .trim(),
    ),
  ];
  const details = rows
    .filter((row) => row.details)
    .map((row) => wrap(`- **\`${row.name}\`**: ${row.details}`, '  '));
  const attributes = rows.filter(({ attribute }) => attribute).map(({ name }) => `\`${name}\``);
  return [
    '',
    ...table,
    '',
    ...details,
    '',
    wrap(`Attributes of \`<flex-glance>\`: ${attributes.join(', ')}.`, ''),
    '',
  ].join('\n');
}

function props(rows) {
  return rows.filter(({ prop }) => prop);
}

function member(row) {
  const { name, type, required } = row;
  const standsFor = row.default && `Default: ${row.default}.`;
  const paragraphs = [
    [row.help, row.details],
    [standsFor, `A change counts ${row.counts}.`],
  ].map((sentences) => wrap(sentences.filter(Boolean).join(' '), '   * '));
  const comment = paragraphs.join('\n   *\n   * ');
  return `  /**\n   * ${comment}\n   */\n  ${name}${required ? '' : '?'}: ${type};`;
}

function names(rows) {
  return rows.map(({ name }) => `'${name}',`);
}

function defaultOf(row) {
  return row.required ? 'required' : row.default;
}

function code(text) {
  return `\`${text.replaceAll('|', '\\|')}\``;
}

/** Breaks a text at spaces; `indent` begins every line but the first. */
function wrap(text, indent) {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    if (line === '') lines[lines.length - 1] = word;
    else if (indent.length + line.length + 1 + word.length > WIDTH) lines.push(word);
    else lines[lines.length - 1] = `${line} ${word}`;
  }
  return lines.join(`\n${indent}`);
}
