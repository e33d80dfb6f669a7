import { type Html, html, joined } from '../html/html';
import { POLICY_LIMITS, STACK_LIMITS } from '../rules/limits';
import { withThousands } from '../text/plural';
import { type Cell, count, group, limitBar, link, percent, section, table, textCell, use } from './parts';
import { type ClientRow, type Report, warningsOf } from './report';

/** The clients, with their buckets and how full their stacks are. */
export function clients({ clients: all }: Report): Html {
  const headings = [
    'Client',
    'Account',
    'Region',
    'Bucket',
    'Integrations',
    'Open',
    'Open keys',
    'Stacks',
    'Resources',
    'Outputs',
    'Bucket policy',
  ];
  const body = table({ caption: 'Clients', headings, rows: all.map(clientRow), of: all });
  const lead = html`A stack holds at most ${withThousands(STACK_LIMITS.resources.most)} resources and ${withThousands(STACK_LIMITS.outputs.most)} outputs, a bucket policy ${withThousands(POLICY_LIMITS.bucket.most)} characters; of several stacks, the fullest is shown.`;
  return section('clients', 'Clients', html`<div class="card">${body}</div>`, lead);
}

function clientRow(row: ClientRow) {
  const { client, title, account, region, bucket, existing, encryption, integrations, open, accessKeys } = row;
  const notes = [existing ? 'existing' : '', encryption === 'SSE-KMS' ? 'KMS' : ''].filter((note) => note !== '');
  const marks = notes.map((note) => html` <span class="note">${note}</span>`);
  return [
    { shown: html`${link('client', client).shown}${title && html` <span class="note">${title}</span>`}` },
    code(account),
    code(region),
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

/** Accounts and Regions are never broken. */
function code(value: string | undefined): Cell {
  return value === undefined ? textCell(value) : { shown: html`<code class="whole">${value}</code>` };
}

/** Who of our own company reaches which bucket. */
export function internal({ internal: all }: Report): Html {
  const lead = html`Who of our own company may reach a client's buckets. The filters for client and capability, and the search, apply here too.`;
  if (all.length === 0) return section('internal', 'Internal access', html`<p>No definition has any.</p>`, lead);
  const headings = ['Client', 'Who', 'May', 'Where', 'How', 'Reason'];
  const rows = all.map(({ client, who, can, bucket, prefix, grant, reason }) => [
    link('client', client),
    textCell(who.join(', ')),
    textCell(can.join(' ')),
    { shown: html`<code>s3://${bucket}/${prefix}</code>` },
    textCell(grant ? 'granted' : 'meant, by its own policy alone'),
    textCell(reason ?? undefined),
  ]);
  const body = table({ caption: 'Internal access', headings, rows, of: all });
  return section('internal', 'Internal access', html`<div class="card">${body}</div>`, lead);
}

/** How near the fullest come to each of AWS's limits. */
export function limits({ limits: all }: Report): Html {
  const lead = html`How close each client is to AWS limits. Policies are counted in characters, without white space.`;
  const headings = ['Limit', 'Used', 'Fullest', 'Next', 'Before it is reached'];
  const rows = all.map(({ what, most, fix, fullest: [first, ...others], near }) => [
    textCell(`${what.charAt(0).toUpperCase()}${what.slice(1)}`),
    first ? limitUse(first.used, most, near) : textCell(`not used (limit ${withThousands(most)})`),
    textCell(first?.of),
    textCell(
      others
        .slice(0, 3)
        .map(({ of, used }) => `${of} ${percent(used / most)}`)
        .join(', '),
    ),
    textCell(first && fix),
  ]);
  return section(
    'limits',
    'Headroom',
    html`<div class="card">${table({ caption: 'Headroom', headings, rows })}</div>`,
    lead,
  );
}

function limitUse(used: number, most: number, near: number): Cell {
  const many = near > 0 ? html` <span class="note urgent">${withThousands(near)} at 80 % or more</span>` : undefined;
  const said = `${withThousands(used)} of ${withThousands(most)}, ${percent(used / most)}`;
  return { shown: html`${limitBar(used / most)}${said}${many}` };
}

/** What `check` warns of, by what it is, but for the risks of integrations. */
export function problems({ problems: found, usage }: Report): Html {
  const all = warningsOf(found);
  const codes = [...new Set(all.map(({ code }) => code))].sort();
  const groups = codes.map((code) => {
    const own = all.filter((problem) => problem.code === code);
    const rows = own.map(({ file, line, column, message, fix }) => [
      { shown: html`<code>${file}:${line}:${column}</code>` },
      textCell(message),
      textCell(fix),
    ]);
    return group(code, own.length, table({ caption: code, headings: ['Where', 'What', 'What to do'], rows }));
  });
  const strangers = (usage?.strangers ?? []).map(({ requester, bucket, requests, last }) => [
    { shown: html`<code>${requester}</code>` },
    { shown: html`<code>${bucket}</code>` },
    count(requests),
    textCell(last),
  ]);
  if (strangers.length > 0) {
    const caption = 'Requests by principals that no definition names';
    const headings = ['Principal', 'Bucket', 'Requests', 'Last'];
    groups.unshift(group(caption, strangers.length, table({ caption, headings, rows: strangers })));
  }
  const body = groups.length === 0 ? html`<p>None.</p>` : joined(groups, '\n');
  return section('problems', 'Warnings', body, html`What <code>bucket-integrations check</code> says, with the fix.`);
}
