import { type Figures, SIZES } from './tables';

const [WIDTH, HEIGHT] = [720, 420];
const FRAME = { left: 64, right: 190, top: 24, bottom: 48 };
const COLORS: Readonly<Record<string, string>> = {
  [SIZES.cold]: '#0b6bcb',
  [SIZES.warm]: '#1a9e77',
  [SIZES.hand]: '#b3541e',
  [SIZES.floor]: '#777777',
};

/** CPU time by the number of integrations, both axes logarithmic, as SVG. */
export function plot({ sizes }: Figures): string {
  const seconds = sizes.flatMap(({ cases }) => Object.values(cases).map(({ cpu }) => cpu));
  const x = scale(
    sizes.map(({ size }) => size),
    FRAME.left,
    WIDTH - FRAME.right,
  );
  const y = scale(seconds, HEIGHT - FRAME.bottom, FRAME.top);
  const lines = Object.entries(COLORS).map(([name, color]) => {
    const points = sizes.flatMap(({ size, cases }) => {
      const usage = cases[name];
      return usage ? [[x(size), y(usage.cpu)] as const] : [];
    });
    const [lastX = 0, lastY = 0] = points.at(-1) ?? [];
    return [
      `<polyline points="${points.map((point) => point.join(',')).join(' ')}" fill="none" stroke="${color}" stroke-width="2"/>`,
      ...points.map(([cx, cy]) => `<circle cx="${cx}" cy="${cy}" r="3" fill="${color}"/>`),
      text(lastX + 8, lastY + 4, name, color),
    ].join('\n');
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>`,
    ...sizes.map(({ size }) => tick(x(size), HEIGHT - FRAME.bottom + 18, size.toLocaleString('en'), 'middle')),
    ...decades(seconds).map(
      (value) =>
        `<line x1="${FRAME.left}" x2="${WIDTH - FRAME.right}" y1="${y(value)}" y2="${y(value)}" stroke="#dddddd"/>\n${tick(FRAME.left - 8, y(value) + 4, `${value} s`, 'end')}`,
    ),
    tick((FRAME.left + WIDTH - FRAME.right) / 2, HEIGHT - 10, 'integrations', 'middle'),
    tick(FRAME.left - 8, 14, 'CPU', 'end'),
    ...lines,
    '</svg>',
    '',
  ].join('\n');
}

function scale(values: readonly number[], from: number, to: number): (value: number) => number {
  const [low, high] = [Math.log(Math.min(...values)), Math.log(Math.max(...values))];
  const span = high - low || 1;
  return (value) => Math.round((from + ((Math.log(value) - low) / span) * (to - from)) * 10) / 10;
}

function decades(values: readonly number[]): number[] {
  const [low, high] = [Math.log10(Math.min(...values)), Math.log10(Math.max(...values))];
  const first = Math.ceil(low);
  return Array.from({ length: Math.max(0, Math.floor(high) - first + 1) }, (_, at) =>
    Number((10 ** (first + at)).toPrecision(1)),
  );
}

function tick(x: number, y: number, label: string, anchor: string): string {
  return `<text x="${x}" y="${y}" text-anchor="${anchor}" fill="#444444">${label}</text>`;
}

function text(x: number, y: number, label: string, color: string): string {
  return `<text x="${x}" y="${y}" fill="${color}">${label}</text>`;
}
