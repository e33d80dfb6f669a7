/** Something that this project deploys and no server here enforces. */
export interface NotJudged {
  /** A resource type, `type: property`, or what of a policy. */
  readonly what: string;
  readonly why: string;
}

/** The rules as a table, each once, in the order of the alphabet. */
export function notJudgedTable(rules: readonly NotJudged[]): string {
  const rows = [...new Map(rules.map(({ what, why }) => [what, why]))].sort(([a], [b]) => (a < b ? -1 : 1));
  const width = Math.max(0, ...rows.map(([what]) => what.length));
  return ['Not judged here:', ...rows.map(([what, why]) => `  ${what.padEnd(width)}  ${why}`)].join('\n');
}
