// Bar charts as SVG, for a light and for a dark page.

const THEMES = {
  light: {
    text: '#121c2d',
    weak: '#606b85',
    rule: '#e1e3ea',
    ours: '#0263e0',
    other: '#a6adbf',
    missed: '#b25600',
  },
  dark: {
    text: '#f4f4f6',
    weak: '#aeb2c1',
    rule: '#394762',
    ours: '#66b3ff',
    other: '#606b85',
    missed: '#ffb37a',
  },
};

export const SCHEMES = Object.keys(THEMES);

const WIDTH = 800;
const LEFT = 250;
const RIGHT = 570;
const ROW = 30;
const TOP = 44;
const BOTTOM = 30;

/**
 * @param {object} chart
 * @param {string} chart.title
 * @param {string} chart.note One line beneath the bars.
 * @param {number} [chart.most] Where the scale ends; bars that go beyond are cut and say so.
 * @param {Array<{label: string, value: number, says: string, kind: 'ours' | 'other' | 'missed',
 *   target?: number}>} chart.bars `target` is marked across the bar.
 * @param {'light' | 'dark'} scheme
 * @returns {string} An SVG file.
 */
export function barChart({ title, note, most, bars }, scheme) {
  const colours = THEMES[scheme];
  const end = most ?? Math.max(...bars.flatMap(({ value, target = 0 }) => [value, target])) * 1.05;
  const x = (value) => round(LEFT + (Math.min(value, end) / end) * (RIGHT - LEFT));
  const height = TOP + bars.length * ROW + BOTTOM;
  const says = bars.map(({ label, says: words }) => `${label}: ${words}`).join('. ');
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" font-family="system-ui, -apple-system, 'Segoe UI', sans-serif" font-size="13">`,
    `<title>${escape(title)}</title>`,
    `<desc>${escape(says)}.</desc>`,
    text(0, 20, title, colours.text, 'font-size="15" font-weight="600"'),
    rule(LEFT, TOP, TOP + bars.length * ROW, colours.rule),
    ...bars.flatMap((bar, i) => drawBar(bar, TOP + i * ROW, x, colours)),
    text(0, height - 8, note, colours.weak, 'font-size="12"'),
    '</svg>',
    '',
  ].join('\n');
}

function drawBar({ label, value, says, kind, target }, y, x, colours) {
  const middle = y + ROW / 2;
  const drawn = [
    text(LEFT - 10, middle + 4, label, colours.text, 'text-anchor="end"'),
    `<rect x="${LEFT}" y="${y + 6}" width="${round(x(value) - LEFT)}" height="${ROW - 12}" rx="2" fill="${colours[kind]}"/>`,
  ];
  if (target !== undefined) {
    const at = x(target);
    drawn.push(
      `<path d="M${at} ${y + 2}V${y + ROW - 2}" stroke="${colours.text}" stroke-width="2"/>`,
    );
  }
  drawn.push(text(RIGHT + 10, middle + 4, says, kind === 'missed' ? colours.missed : colours.text));
  return drawn;
}

function rule(x, from, to, colour) {
  return `<path d="M${x} ${from}V${to}" stroke="${colour}"/>`;
}

function text(x, y, words, colour, more = '') {
  return `<text x="${x}" y="${y}" fill="${colour}"${more && ` ${more}`}>${escape(words)}</text>`;
}

function escape(words) {
  return words.replace(/[&<>]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[c]);
}

function round(number) {
  return Number(number.toFixed(1));
}
