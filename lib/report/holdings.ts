import { type Html, html, joined } from '../html/html';
import { POLICY_LIMITS, STACK_LIMITS } from '../rules/limits';
import { withThousands } from '../text/plural';
import { instantText } from './observed';
import { type Cell, count, figure, group, link, percent, section, table, use } from './parts';
import { type ClientRow, type Report, warningsOf } from './report';

const [RESOURCES, OUTPUTS, POLICY] = [STACK_LIMITS.resources, STACK_LIMITS.outputs, POLICY_LIMITS.bucket].map(
  ({ most }) => most,
) as [number, number, number];

/** The clients, with their buckets and how full their stacks are. */
export function clients({ clients: all }: Report): Html {
  const headings = 'Client,Account,Region,Bucket,Integrations,Open,Open keys,Stacks,Resources,Outputs,Bucket policy';
  const body = table('Clients', headings.split(','), all.map(clientRow), all);
  const lead = html`A stack holds at most ${withThousands(RESOURCES)} resources and ${withThousands(OUTPUTS)} outputs, a bucket policy ${withThousands(POLICY)} characters; of several stacks, the fullest is shown.`;
  return section('clients', 'Clients', html`<div class="card">${body}</div>`, lead);
}

function clientRow(row: ClientRow): Cell[] {
  const note = (text: string | false | undefined) => (text ? html` <span class="note">${text}</span>` : undefined);
  return [
    html`${link(`client=${row.client}`, row.client)}${note(row.title)}`,
    row.account && whole(row.account),
    row.region && whole(row.region),
    html`<code>${row.bucket}</code>${note(row.existing && 'existing')}${note(row.encryption === 'SSE-KMS' && 'KMS')}`,
    count(row.integrations),
    count(row.open),
    count(row.accessKeys),
    count(row.stacks),
    use(row.resources, RESOURCES),
    use(row.outputs, OUTPUTS),
    use(row.bucketPolicy, POLICY),
  ];
}

/** A value that is never broken. */
function whole(value: string): Html {
  return html`<code class="whole">${value}</code>`;
}

/** Who of our own company reaches which bucket. */
export function internal({ internal: all }: Report): Html {
  const lead = html`Who of our own company may reach a client's buckets. The filters for client and capability, and the search, apply here too.`;
  const rows = all.map(({ client, who, can, bucket, prefix, grant, reason }) => [
    link(`client=${client}`, client),
    who.join(', '),
    can.join(' '),
    html`<code>s3://${bucket}/${prefix}</code>`,
    grant ? 'granted' : 'meant, by its own policy alone',
    reason ?? undefined,
  ]);
  const body = table('Internal access', ['Client', 'Who', 'May', 'Where', 'How', 'Reason'], rows, all);
  const shown = all.length > 0 ? html`<div class="card">${body}</div>` : html`<p>No definition has any.</p>`;
  return section('internal', 'Internal access', shown, lead);
}

/** How near the fullest come to each of AWS's limits. */
export function limits({ limits: all }: Report): Html {
  const lead = html`How close each client is to AWS limits. Policies are counted in characters, without white space.`;
  const rows = all.map(({ what, most, fix, fullest: [first, ...others], near }) => [
    `${what.charAt(0).toUpperCase()}${what.slice(1)}`,
    first ? limitUse(first.used, most, near) : `not used (limit ${withThousands(most)})`,
    first?.of,
    joined(
      others.slice(0, 3).map(({ of, used }) => html`${of} ${percent(used / most)}`),
      ', ',
    ),
    first && fix,
  ]);
  const body = table('Headroom', ['Limit', 'Used', 'Fullest', 'Next', 'Before it is reached'], rows);
  return section('limits', 'Headroom', html`<div class="card">${body}</div>`, lead);
}

function limitUse(used: number, most: number, near: number): Html {
  const many = near > 0 ? html` <span class="note urgent">${withThousands(near)} at 80 % or more</span>` : undefined;
  return html`<meter value="${used / most}" high="0.8" aria-hidden="true"></meter>${withThousands(used)} of ${withThousands(most)}, ${percent(used / most)}${many}`;
}

/** What logs, accounts and `check` warn of, by what it is, but for the risks of integrations. */
export function problems({ problems: found, usage, account }: Report): Html {
  const all = warningsOf(found);
  const strangers = (usage?.strangers ?? []).map(({ requester, bucket, requests, last }) => [
    html`<code>${requester}</code>`,
    html`<code>${bucket}</code>`,
    figure(requests),
    instantText(last),
  ]);
  const codes = [...new Set(all.map(({ code }) => code))].sort();
  const groups: Parameters<typeof group>[] = [
    ['Requests by principals that no definition names', ['Principal', 'Bucket', 'Requests', 'Last'], strangers],
    ['Other findings of verify', ['What'], (account?.others ?? []).map((each) => [each])],
    ...codes.map((code): Parameters<typeof group> => {
      const own = all.filter((problem) => problem.code === code);
      const rows = own.map(({ file, line, column, message, fix }) => [
        html`<code>${file}:${line}:${column}</code>`,
        message,
        fix,
      ]);
      return [code, ['Where', 'What', 'What to do'], rows];
    }),
  ];
  const shown = groups.filter(([, , rows]) => rows.length > 0).map((each) => group(...each));
  const body = shown.length === 0 ? html`<p>None.</p>` : joined(shown, '\n');
  return section('problems', 'Warnings', body, html`What <code>bucket-integrations check</code> says, with the fix.`);
}
