import type { Handoff } from './model';

/** Who hands over to whom, and whose data it is: a label with its value each; what nobody said is left out. */
export function letterhead({ clientTitle, company, contact }: Handoff): { label: string; value: string }[] {
  const lines: readonly (readonly [string, string | undefined])[] = [
    ['From', company && [company.name, company.url].filter((each) => each !== undefined).join(', ')],
    ['Questions to', company?.contact],
    ['To', contact],
    ['Data of', clientTitle],
  ];
  return lines.flatMap(([label, value]) => (value === undefined ? [] : [{ label, value }]));
}
