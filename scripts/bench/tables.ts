import type { Usage } from './cases';

export interface Figures {
  readonly rounds: number;
  readonly node: string;
  readonly sizes: readonly { readonly size: number; readonly cases: Readonly<Record<string, Usage>> }[];
  readonly oneClient: Readonly<Record<string, Usage>>;
}

/** What is compared at each size. */
export const SIZES = {
  cold: 'this app, first time',
  warm: 'this app, again',
  packedCold: 'packed, first time',
  packedWarm: 'packed, again',
  hand: 'written by hand',
  cdk: 'the CDK alone',
  floor: 'JSON.stringify',
} as const;

export const ONE_CLIENT = { chosen: 'one of 500, `-c clients=`', alone: 'that client alone' } as const;

/** The figures as Markdown: medians, and ratios to the app that is written by hand and to the CDK alone. */
export function tables({ rounds, node, sizes, oneClient }: Figures): string {
  const rows = sizes.flatMap(({ size, cases }) => {
    const [base, cdk] = [cases[SIZES.hand], cases[SIZES.cdk]];
    return Object.entries(cases).map(([name, usage]) =>
      row([size.toLocaleString('en'), name, ...cells(usage), ...ratios(usage, base), ratio(usage, cdk, 'cpu')]),
    );
  });
  const alone = oneClient[ONE_CLIENT.alone];
  return [
    `Medians of ${rounds} rounds, Node.js ${node}; ratios to the app written by hand, and in the last column to the CDK alone.`,
    '',
    row(['integrations', 'app', 'CPU', 'wall', 'memory', 'CPU ratio', 'wall ratio', 'memory ratio', 'CPU to the CDK']),
    row(['---:', '---', '---:', '---:', '---:', '---:', '---:', '---:', '---:']),
    ...rows,
    '',
    'One client of 500 (5,000 integrations); ratios to that client alone in a folder.',
    '',
    row(['app', 'CPU', 'wall', 'memory', 'CPU ratio', 'wall ratio', 'memory ratio']),
    row(['---', '---:', '---:', '---:', '---:', '---:', '---:']),
    ...Object.entries(oneClient).map(([name, usage]) => row([name, ...cells(usage), ...ratios(usage, alone)])),
  ].join('\n');
}

function cells({ cpu, wall, memory }: Usage): string[] {
  return [`${cpu.toFixed(1)} s`, `${wall.toFixed(1)} s`, `${memory.toFixed(0)} MiB`];
}

function ratios(usage: Usage, base: Usage | undefined): string[] {
  return (['cpu', 'wall', 'memory'] as const).map((key) => ratio(usage, base, key));
}

function ratio(usage: Usage, base: Usage | undefined, key: keyof Usage): string {
  return base === undefined ? '' : (usage[key] / base[key]).toFixed(2);
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  const [low = 0, high = 0] = sorted.length % 2 === 0 ? sorted.slice(half - 1) : [sorted[half], sorted[half]];
  return (low + high) / 2;
}
