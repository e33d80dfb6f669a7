import { type Html, html, joined } from '../html/html';
import { GRAVITIES, type RiskCode } from '../rules/risk';
import { counted, withThousands } from '../text/plural';
import type { Period } from './due';
import { percent, section } from './parts';
import { isOpenKey, type Report, warningsOf } from './report';
import type { Row } from './row';

/** So many of a kind are named; a link leads to all of them. */
const NAMED = 4;

/** What somebody has to do and to know, the nearest and gravest first. */
export function now(report: Report): Html {
  const cards = [
    due(report, 'Act now', 'past', aside(report)),
    due(report, 'This week', 'week'),
    due(report, 'Next 30 days', 'month'),
    risks(report.integrations),
  ];
  return section('now', 'What to do', html`<div class="cards">${joined(cards, '\n')}</div>`, inALine(report));
}

function due({ dates }: Report, title: string, period: Period, first: readonly Html[] = []): Html {
  const own = dates.filter((each) => each.period === period);
  const many = new Set(own.map(({ integration }) => integration)).size;
  const items = own
    .slice(0, NAMED)
    .map(
      ({ integration, says, on, owner }) =>
        html`<li>${one(integration)} <time datetime="${on}">${says}</time>${owner && html` <small>${owner}</small>`}</li>`,
    );
  const all = own.length > NAMED ? html`<p>${to(`due=${period}&sort=date`, `All ${withThousands(many)}`)}</p>` : html``;
  return card(title, many, [...first, ...items], all, period === 'past');
}

/** What accounts and logs showed. */
function aside({ integrations, account, usage }: Report): Html[] {
  const differing = integrations.filter(({ deployed }) => deployed?.verdict === 'differs').length;
  const others = account?.others.length ?? 0;
  const strangers = usage?.strangers.length ?? 0;
  return [
    ...(differing > 0
      ? [html`<li>${to('aws=differs', `${counted(differing, 'integration')} not as defined in AWS`)}</li>`]
      : []),
    ...(others > 0
      ? [html`<li>${counted(others, 'more finding')} of <code>verify</code>: ${account?.others[0]}</li>`]
      : []),
    ...(strangers > 0
      ? [html`<li><a href="#problems">${counted(strangers, 'unknown principal')} in the logs</a></li>`]
      : []),
  ];
}

/** What each risk is called where there are many of them. */
const TITLES: Readonly<Record<RiskCode, string>> = {
  'whole-account-open': 'a whole account is allowed',
  'long-lived-key': 'long-lived access key',
  'shared-external-id': 'external ID of several roles',
  'root-list-shows-names': "lists the bucket's root",
  'delete-without-end': 'may delete, without an end',
};

function risks(rows: readonly Row[]): Html {
  const all = rows.flatMap(({ integration, risks: own }) => own.map((risk) => ({ integration, ...risk })));
  const open = all.filter(({ accepted }) => accepted === null);
  const groups = GRAVITIES.flatMap((gravity) =>
    Object.entries(TITLES).flatMap(([code, title]) => {
      const own = open.filter((risk) => risk.code === code && risk.gravity === gravity);
      if (own.length === 0) return [];
      const names =
        gravity === 'high'
          ? joined(
              own.slice(0, 2).map(({ integration }) => one(integration)),
              ', ',
            )
          : undefined;
      return [
        html`<li><span class="mark ${gravity}">${gravity}</span> ${to(`risk=${code}`, title)} <span class="figure">${withThousands(own.length)}</span>${names && html` <small>${names}</small>`}</li>`,
      ];
    }),
  );
  const count = (key: string, title: string, has: (row: Row) => boolean) => {
    const many = rows.filter(has).length;
    return many === 0 ? [] : [html`<li>${to(key, title)} <span class="figure">${withThousands(many)}</span></li>`];
  };
  const more = [
    ...count('keys=365', 'access keys older than a year', ({ keyDays = 0 }) => keyDays > 365),
    ...count('used=-1', 'never seen in use', ({ idle }) => idle === -1),
    ...count('risk=accepted', 'accepted', ({ risks: own }) => own.some(({ accepted }) => accepted !== null)),
  ];
  return card(
    'Risks, worst first',
    open.length,
    [...groups, ...more],
    html``,
    open.some(({ gravity }) => gravity === 'high'),
  );
}

function card(title: string, many: number, items: readonly Html[], more: Html, urgent: boolean): Html {
  const list = items.length === 0 ? html`<p class="none">Nothing.</p>` : html`<ul>${joined(items, '\n')}</ul>`;
  return html`<div class="card"><h3>${title} <span class="figure${urgent && many > 0 ? ' urgent' : ''}">${withThousands(many)}</span></h3>${list}${more}</div>`;
}

function to(address: string, shown: string): Html {
  return html`<a href="#${address}">${shown}</a>`;
}

function one(integration: string): Html {
  return to(`name=${integration}`, integration);
}

function inALine(report: Report): Html {
  const { clients, integrations, limits } = report;
  const problems = warningsOf(report.problems).length;
  const [fullest] = limits
    .flatMap(({ what, most, fullest: [first] }) => (first ? [{ of: first.of, what, share: first.used / most }] : []))
    .sort((a, b) => b.share - a.share);
  const open = integrations.filter(({ state }) => state === 'active').length;
  const parts = [
    html`<a href="#clients">${counted(clients.length, 'client')}</a>`,
    html`<a href="#integrations">${counted(integrations.length, 'integration')}</a>, ${withThousands(open)} open`,
    to('kind=access-key&state=active', counted(integrations.filter(isOpenKey).length, 'long-lived key')),
    html`<a href="#problems">${problems === 0 ? 'no warnings' : counted(problems, 'warning')}</a>, no errors`,
    ...(fullest
      ? [
          html`<a href="#limits">fullest AWS limit: ${percent(fullest.share)}</a> (${fullest.of}: ${fullest.what.replace(/ \(.*\)/, '')})`,
        ]
      : []),
  ];
  return joined(parts, ' · ');
}
