import { counted } from '../../text/plural';
import { printable } from '../../text/quote';
import type { Host } from '../host/host';
import { painter } from '../terminal/colors';
import { prose } from '../terminal/prose';
import { sayProblems } from '../terminal/say';
import type { Judged } from './judged';

/** Says what was found: by client, then what is a leak, what cannot be a definition, and what comes next. */
export function sayDiscovery(result: Judged, next: readonly string[], dir: string, host: Host): void {
  const { discovery, definitions, clients, leaks, inexpressible, warnings, files } = result;
  const paint = painter(host.colors?.out);
  const line = (text = '') => host.out(`${prose(text, host.width, 2)}\n`);
  const { account, collectedAt, buckets } = discovery;
  line(
    `account ${account}, as of ${collectedAt}: ${counted(buckets.length, 'bucket')}, ${counted(definitions.length, 'integration')} found`,
  );
  for (const { name, notes } of clients) {
    line();
    line(paint('bold', name));
    for (const note of notes) line(`  note: ${printable(note)}`);
    for (const { found, notes: own } of definitions.filter((each) => each.found.client === name)) {
      const { vendor, kind, prefix, access } = found;
      const status = found.status === 'active' ? '' : `, ${found.status}`;
      line(`  ${paint('cyan', vendor)}  ${kind}${status}  ${prefix || 'the whole bucket'}  ${access.join(', ')}`);
      for (const each of found.principals) line(`    who: ${printable(each)}`);
      for (const each of found.more) line(`    gives more than today: ${printable(each)}`);
      for (const each of own) line(`    not known: ${printable(each)}`);
      for (const each of found.excess) line(`    more than the definition: ${printable(each)}`);
      for (const each of found.lost) line(`    taken away: ${printable(each)}`);
    }
  }
  if (leaks.length > 0) line(`\n${paint('red', counted(leaks.length, 'leak'))}:`);
  for (const { principal, bucket, what, why } of leaks)
    line(`  ${printable(`${bucket}: ${principal} ${what}`)}\n    ${printable(why)}`);
  if (inexpressible.length > 0) line(`\n${paint('yellow', 'in no definition')}:`);
  for (const { resource, statement, why } of inexpressible)
    line(`  ${printable(`${resource}: ${why}`)}\n    ${printable(shortened(JSON.stringify(statement)))}`);
  line();
  if (files.size === 0) {
    line('nothing was written: nobody outside reaches these buckets in a way that a definition can have');
    return;
  }
  line(`wrote ${counted(files.size, 'file')} into ${dir}`);
  line('read each of them before you adopt it: the comments say what it does not have.');
  const pending = definitions.filter(({ found }) => found.status === 'pending').length;
  if (pending > 0)
    line(
      `${counted(pending, 'definition')} ${pending === 1 ? 'is' : 'are'} pending: nobody can use these, and adopting ends the access of today; decide first`,
    );
  line('Next:');
  for (const step of next) line(`  ${printable(step)}`);
  sayProblems(warnings, dir, host);
}

const LONGEST = 300;

function shortened(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}
