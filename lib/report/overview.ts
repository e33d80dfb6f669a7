import { type Html, html, joined } from '../html/html';
import { KINDS } from '../rules/vocabulary';
import { counted, withThousands } from '../text/plural';
import { bar, percent, section } from './parts';
import { type Report, warningsOf } from './report';
import { STATES } from './row';

/** What the whole comes to, each figure with the way to what it counts. */
export function overview(report: Report): Html {
  const { clients, integrations, dates, limits } = report;
  const problems = warningsOf(report.problems);
  const risks = integrations.flatMap((row) => row.risks.filter(({ accepted }) => accepted === null));
  const high = risks.filter(({ gravity }) => gravity === 'high').length;
  const open = integrations.filter(({ state }) => state === 'active').length;
  const due = new Set(dates.filter(({ days }) => days <= 30).map(({ integration }) => integration)).size;
  const [fullest] = limits
    .flatMap(({ what, most, fullest: [first] }) => (first ? [{ what, of: first.of, share: first.used / most }] : []))
    .sort((a, b) => b.share - a.share);
  const tiles = [
    tile(
      '#clients',
      withThousands(clients.length),
      clients.length === 1 ? 'client' : 'clients',
      counted(
        clients.reduce((sum, { stacks }) => sum + stacks, 0),
        'stack',
      ),
    ),
    tile(
      '#integrations',
      withThousands(integrations.length),
      integrations.length === 1 ? 'integration' : 'integrations',
      `${withThousands(open)} open today`,
    ),
    tile(
      '#risks',
      withThousands(risks.length),
      risks.length === 1 ? 'risk' : 'risks',
      `${withThousands(high)} high`,
      high > 0 ? 'urgent' : '',
    ),
    tile('#due=30', withThousands(due), 'due', 'past, or within 30 days', due > 0 ? 'urgent' : ''),
    tile(
      '#limits',
      fullest ? percent(fullest.share) : '–',
      'of a limit',
      fullest ? `${fullest.of}: ${fullest.what.replace(/ \(.*\)/, '')}` : 'nothing is measured',
      fullest && fullest.share >= 0.8 ? 'urgent' : '',
    ),
    tile(
      '#problems',
      withThousands(problems.length),
      problems.length === 1 ? 'warning' : 'warnings',
      'of check; none is an error',
      problems.length > 0 ? 'urgent' : '',
    ),
  ];
  const kinds = KINDS.map((kind) => ({ name: kind, count: integrations.filter((row) => row.kind === kind).length }));
  const states = STATES.map((state) => ({
    name: state,
    count: integrations.filter((row) => row.state === state).length,
  }));
  const body = html`<ul class="tiles">${joined(tiles, '\n')}</ul>
<div class="shares">${shares('By kind, safest first', 'kind', kinds)}${shares('By state', 'state', states)}</div>`;
  return section('overview', 'Overview', body);
}

function tile(href: string, figure: string, what: string, note: string, mark = ''): Html {
  const to = href.includes('=') ? html` data-to="integrations"` : undefined;
  return html`<li><a class="tile ${mark}" href="${href}"${to}><b>${figure}</b> <span>${what}</span> <small>${note}</small></a></li>`;
}

function shares(title: string, key: string, parts: readonly { readonly name: string; readonly count: number }[]): Html {
  const all = parts.reduce((sum, { count }) => sum + count, 0);
  const rows = parts.map(
    ({ name, count }) =>
      html`<li><a href="#${key}=${name}" data-to="integrations"><span>${name}</span>${bar(all === 0 ? 0 : count / all)}<span class="figure" aria-label="${counted(count, 'integration')}">${withThousands(count)}</span></a></li>`,
  );
  return html`<div class="card"><h3>${title}</h3><ul>${rows}</ul></div>`;
}
