import type { Client, Integration } from '../definitions/model/model';
import type { Profile } from '../definitions/profiles/profile';
import type { Handoff } from './model';

/** `Access to Kohler's bucket for Adobe`. */
export function titleOf(client: Client, integration: Integration, profile: Profile | undefined): string {
  const whose = client.title ?? capitalised(client.name);
  // A product's own name has its parts behind a comma or in parentheses.
  const vendor = profile?.title.split(/, | \(/)[0] ?? capitalised(integration.vendor);
  return `Access to ${whose}${whose.endsWith('s') ? "'" : "'s"} bucket for ${vendor}`;
}

/** A name of a folder or file, as one writes names. */
function capitalised(name: string): string {
  return name
    .split('-')
    .map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
    .join(' ');
}

/** Who hands over to whom, whose data it is, and when: a label with its value each; what nobody said is left out. */
export function letterhead(handoff: Handoff): { label: string; value: string }[] {
  const { setup, clientTitle, company, contact, issued } = handoff;
  const lines: readonly (readonly [string, string | undefined])[] = [
    ['From', company && [company.name, company.url].filter((each) => each !== undefined).join(', ')],
    ['Questions to', company?.contact],
    ['To', contact],
    ['Data of', clientTitle],
    ['Name', setup.integration],
    ['Date', issued && [issued.date, ...(issued.commit === undefined ? [] : [`version ${issued.commit}`])].join(', ')],
  ];
  return lines.flatMap(([label, value]) => (value === undefined ? [] : [{ label, value }]));
}

/** Whom to answer, in the middle of a sentence. */
export function us({ company }: Pick<Handoff, 'company'>): string {
  return company?.contact ?? company?.name ?? 'us';
}
