import { type Html, html, joined } from '../html/html';
import { GRAVITIES, type RiskCode } from '../rules/risk';
import { counted, withThousands } from '../text/plural';
import { PERIODS, type Period } from './due';
import { figure, link, percent, section } from './parts';
import { isOpenKey, type Report, warningsOf } from './report';
import type { Row } from './row';

/** So many of a kind are named; a link leads to all of them. */
const NAMED = 4;

/** What somebody has to do and to know, the nearest and gravest first. */
export function now(report: Report): Html {
  const { integrations, account, usage } = report;
  const many = (has: (row: Row) => boolean) => integrations.filter(has).length;
  const seen: Line[] = [
    ['aws=differs', 'not as defined in AWS', many(({ deployed }) => deployed?.verdict === 'differs')],
    ['problems', 'other findings of verify', account?.others.length ?? 0],
    ['problems', 'unknown principals in logs', usage?.strangers.length ?? 0],
  ];
  const known: Line[] = [
    ['keys=365', 'access keys older than a year', many(({ keyDays = 0 }) => keyDays > 365)],
    ['used=-1', 'never seen in use', many(({ idle }) => idle === -1)],
    ['risk=accepted', 'accepted', many(({ risks }) => risks.some(({ accepted }) => accepted !== null))],
  ];
  const cards = [
    due(report, 'Act now', 'past', seen),
    due(report, 'This week', 'week'),
    due(report, 'Next 30 days', 'month'),
    risks(integrations, known),
  ];
  return section('now', 'What to do', html`<div class="cards">${joined(cards, '\n')}</div>`, inALine(report));
}

type Line = readonly [address: string, title: string, many: number];

/** A line of a card with how many there are; without any, none. */
function line([address, title, many]: Line, before?: Html, after?: Html): Html[] {
  return many === 0 ? [] : [html`<li>${before}${link(address, title)} ${figure(many)}${after}</li>`];
}

function due({ dates }: Report, title: string, period: Period, seen: readonly Line[] = []): Html {
  const own = dates.filter((each) => each.period === period);
  const many = new Set(own.map(({ integration }) => integration)).size;
  const named = own.slice(0, NAMED).map(({ integration, says, on, owner }) => {
    const asked = owner && html` <small>${owner}</small>`;
    return html`<li>${link(`name=${integration}`, integration)} <time datetime="${on}">${says}</time>${asked}</li>`;
  });
  const all = html`<li>${link(`due=${period}&sort=date`, `All ${withThousands(many)} ${PERIODS[period][1]}`)}</li>`;
  const items = [...seen.flatMap((each) => line(each)), ...named, ...(own.length > NAMED ? [all] : [])];
  const total = seen.reduce((sum, [, , each]) => sum + each, many);
  return card(title, total, items, period === 'past');
}

/** What each risk is called where there are many of them. */
const TITLES: Readonly<Record<RiskCode, string>> = {
  'whole-account-open': 'a whole account is allowed',
  'long-lived-key': 'long-lived access key',
  'shared-external-id': 'external ID of several roles',
  'root-list-shows-names': "lists the bucket's root",
  'delete-without-end': 'may delete, without an end',
};

function risks(rows: readonly Row[], known: readonly Line[]): Html {
  const open = rows.flatMap(({ integration, risks: own }) =>
    own.filter(({ accepted }) => accepted === null).map((risk) => ({ integration, ...risk })),
  );
  const groups = GRAVITIES.flatMap((gravity) =>
    Object.entries(TITLES).flatMap(([code, title]) => {
      const own = open.filter((risk) => risk.code === code && risk.gravity === gravity);
      const names = own.slice(0, 2).map(({ integration }) => link(`name=${integration}`, integration));
      const mark = html`<span class="mark ${gravity}">${gravity}</span> `;
      const named = gravity === 'high' ? html` <small>${joined(names, ', ')}</small>` : undefined;
      return line([`risk=${code}`, title, own.length], mark, named);
    }),
  );
  const isHigh = open.some(({ gravity }) => gravity === 'high');
  return card('Risks, worst first', open.length, [...groups, ...known.flatMap((each) => line(each))], isHigh);
}

function card(title: string, many: number, items: readonly Html[], urgent: boolean): Html {
  const list = items.length === 0 ? html`<p class="none">Nothing.</p>` : html`<ul>${joined(items, '\n')}</ul>`;
  return html`<div class="card${urgent && many > 0 ? ' urgent' : ''}"><h3>${title} ${figure(many)}</h3>${list}</div>`;
}

function inALine(report: Report): Html {
  const { clients, integrations, limits } = report;
  const problems = warningsOf(report.problems).length;
  const [fullest] = limits
    .flatMap(({ what, most, fullest: [first] }) => (first ? [{ of: first.of, what, share: first.used / most }] : []))
    .sort((a, b) => b.share - a.share);
  const open = integrations.filter(({ state }) => state === 'active').length;
  const parts = [
    link('clients', counted(clients.length, 'client')),
    html`${link('integrations', counted(integrations.length, 'integration'))}, ${withThousands(open)} open`,
    link('kind=access-key&state=active', counted(integrations.filter(isOpenKey).length, 'long-lived key')),
    html`${link('problems', problems === 0 ? 'no warnings' : counted(problems, 'warning'))}, no errors`,
  ];
  if (fullest) {
    const what = fullest.what.replace(/ \(.*\)/, '');
    parts.push(html`${link('limits', `fullest AWS limit: ${percent(fullest.share)}`)} (${fullest.of}: ${what})`);
  }
  return joined(parts, ' · ');
}
