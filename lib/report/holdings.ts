import { type Html, html, joined } from '../html/html';
import { POLICY_LIMITS, STACK_LIMITS } from '../rules/limits';
import { withThousands } from '../text/plural';
import type { Headroom } from './headroom';
import { count, limitBar, link, percent, section, table, textCell, use } from './parts';
import type { ClientRow, Report } from './report';

/** The clients, with their buckets and how full their stacks are. */
export function clients({ clients: all }: Report): Html {
  const headings = [
    'Client',
    'Account',
    'Region',
    'Bucket',
    'Integrations',
    'Open',
    'Access keys',
    'Stacks',
    'Resources',
    'Outputs',
    'Bucket policy',
  ];
  const body = table({ caption: 'Clients', headings, rows: all.map(clientRow), sorts: true });
  const lead = html`A stack holds at most ${withThousands(STACK_LIMITS.resources.most)} resources and ${withThousands(STACK_LIMITS.outputs.most)} outputs, a bucket policy ${withThousands(POLICY_LIMITS.bucket.most)} characters; of several stacks, the fullest is shown.`;
  return section('clients', 'Clients', html`<div class="card">${body}</div>`, lead);
}

function clientRow(row: ClientRow) {
  const { client, account, region, bucket, existing, encryption, integrations, open, accessKeys } = row;
  const notes = [existing ? 'existing' : '', encryption === 'SSE-KMS' ? 'KMS' : ''].filter((note) => note !== '');
  const marks = notes.map((note) => html` <span class="note">${note}</span>`);
  return [
    link('client', client),
    textCell(account),
    textCell(region),
    { shown: html`<code>${bucket}</code>${marks}` },
    count(integrations),
    count(open),
    count(accessKeys),
    count(row.stacks),
    use(row.resources, STACK_LIMITS.resources.most),
    use(row.outputs, STACK_LIMITS.outputs.most),
    use(row.bucketPolicy, POLICY_LIMITS.bucket.most),
  ];
}

/** How near the fullest come to each of AWS's limits. */
export function limits({ limits: all }: Report): Html {
  const lead = html`What <code>check</code> measures before AWS does, and who is closest to each limit. Policies are counted in characters, without white space.`;
  return section('limits', 'Headroom', html`<div class="card limits">${joined(all.map(limit), '\n')}</div>`, lead);
}

function limit({ what, most, fix, fullest, near }: Headroom): Html {
  const title = html`<b>${what.charAt(0).toUpperCase() + what.slice(1)}</b>`;
  const [first] = fullest;
  if (!first) return html`<div class="limit">${title} <span>nobody uses any of ${withThousands(most)}</span></div>`;
  const share = first.used / most;
  const line = [
    title,
    limitBar(share),
    html`<span class="number">${withThousands(first.used)} of ${withThousands(most)}</span>`,
    html`<span class="number">${percent(share)}</span>`,
    html`<span>${first.of}</span>`,
    near === 0 ? html`` : html`<span class="note urgent">${withThousands(near)} at four fifths or more</span>`,
  ];
  const rows = fullest.map(({ of, client, used }) => [textCell(of), link('client', client), use(used, most)]);
  const nearest = table({ caption: `The fullest: ${what}`, headings: ['Of', 'Client', 'Used'], rows });
  return html`<details class="limit"><summary>${joined(line, ' ')}</summary>
<p>Before it is reached: ${fix}.</p>
${nearest}</details>`;
}
