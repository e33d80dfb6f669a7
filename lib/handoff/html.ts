import { type Html, html, joined } from '../html/html';
import { htmlPage } from '../html/page';
import { letterhead } from './letterhead';
import { type Field, type Handoff, vendorRemedy } from './model';
import { state } from './state';

/** The hand-off as one page that needs nothing else: no script or style from elsewhere, good on paper and on a phone. */
export function handoffHtml(handoff: Handoff): string {
  const { setup, description, fields, needed, commands, test, troubleshooting, limits, sessions, expires, sources } =
    handoff;
  const place = `s3://${setup.accessPointAlias ?? setup.bucket}/${setup.prefix}`;
  const capabilities = handoff.access.map((capability) => html`<code>${capability}</code>`);
  const origins = handoff.from.map((origin) => html`<code>${origin}</code>`);
  const lines = state(handoff).map((line) => html`<p class="state" role="note">${line}</p>`);
  const sections = [
    section('What to enter', html`<dl class="fields">${fields.map(fieldItem)}</dl>`),
    needed.length > 0 &&
      section(
        'What we still need from you',
        html`<ul>${needed.map(({ label, where }) => html`<li><b>${label}</b>: ${where}</li>`)}</ul>`,
      ),
    section(
      'What you may do',
      html`<p>${joined(capabilities, ', ')} under ${copyable(place)}, and nothing else.</p>${origins.length > 0 ? html`<p>Only from ${joined(origins, ' or ')}.</p>` : undefined}${sessions && html`<p>${sessions}</p>`}${expires && html`<p>Access ends on <b>${expires}</b> at 00:00 UTC.</p>`}`,
    ),
    test.length > 0 && section('Test it there', html`<ol>${items(test)}</ol>`),
    commands.length > 0 &&
      section(
        'Try it with the AWS CLI',
        html`${commands.map(({ title, code }) => html`<p>${title}:</p>${copyable(code, 'pre')}`)}`,
      ),
    section(
      'When something goes wrong',
      html`<dl class="troubles">${troubleshooting.map((row) => html`<dt>${row.message}</dt><dd>${row.cause} <b>${vendorRemedy(row)}</b></dd>`)}</dl>`,
    ),
    limits.length > 0 && section('What will not work', html`<ul>${items(limits)}</ul>`),
    sources.length > 0 && section('Sources', html`<ul>${items(sources)}</ul>`),
  ];
  const title = `${handoff.title}: ${setup.integration}`;
  const body = html`<main>
<h1>${handoff.title} <small>${setup.integration}</small></h1>
${description && html`<p>${description}</p>`}
${letterhead(handoff).map(({ label, value }) => html`<p class="letterhead"><b>${label}</b>: ${value}</p>`)}
${joined(lines, '\n')}
${joined(
  sections.filter((part) => part !== false),
  '\n',
)}
</main>`;
  return htmlPage({ title, style: STYLE, script: SCRIPT, body });
}

function section(title: string, body: Html): Html {
  return html`<section>\n<h2>${title}</h2>\n${body}\n</section>`;
}

function fieldItem({ label, value, elsewhere, note }: Field): Html {
  const shown = value === undefined ? html`<em>${elsewhere}</em>` : copyable(value);
  return html`<div><dt>${label}</dt><dd>${shown}${note && html`<small>${note}</small>`}</dd></div>`;
}

/** A value with a button that copies it, and it alone. */
function copyable(value: string, element: 'code' | 'pre' = 'code'): Html {
  return html`<span class="copy ${element}"><${element} tabindex="0">${value}</${element}><button type="button" aria-label="Copy">Copy</button></span>`;
}

function items(texts: readonly string[]): Html[] {
  return texts.map((each) => html`<li>${each}</li>`);
}

const STYLE = `
:root { color-scheme: light dark; --line: #8885; --soft: #8881; --accent: #0b57d0; }
@media (prefers-color-scheme: dark) { :root { --accent: #8ab4f8; } }
* { box-sizing: border-box; }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 52rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .5rem; overflow-wrap: anywhere; }
h1 small { display: block; font-size: 1rem; font-weight: 400; opacity: .75; }
h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; border-bottom: 1px solid var(--line); padding-bottom: .25rem; }
p, li, dt, dd { overflow-wrap: anywhere; }
.letterhead { margin: 0; }
.state { border-left: 4px solid var(--accent); background: var(--soft); padding: .5rem .75rem; }
.fields { margin: 0; }
.fields > div { display: grid; grid-template-columns: 14rem minmax(0, 1fr); gap: .25rem 1rem; padding: .5rem 0; border-bottom: 1px solid var(--line); }
.fields dt { font-weight: 600; }
.fields dd, .troubles dd { margin: 0; }
.fields dd small { display: block; opacity: .8; }
.troubles dt { font-weight: 600; margin-top: .75rem; }
.copy { display: inline-flex; align-items: flex-start; gap: .5rem; max-width: 100%; }
.copy.pre { display: flex; }
code, pre { font: .875rem/1.5 ui-monospace, monospace; background: var(--soft); border-radius: 4px; padding: .1rem .3rem; overflow-wrap: anywhere; white-space: pre-wrap; min-width: 0; }
.copy code, .copy pre { user-select: all; -webkit-user-select: all; }
pre { flex: 1; margin: 0; padding: .5rem .75rem; }
button { flex: none; font: inherit; font-size: .8rem; color: var(--accent); background: none; border: 1px solid var(--line); border-radius: 4px; padding: .05rem .5rem; cursor: pointer; user-select: none; -webkit-user-select: none; }
button:focus-visible, code:focus-visible, pre:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
@media (max-width: 40rem) { .fields > div { grid-template-columns: minmax(0, 1fr); } }
@media print {
  main { max-width: none; padding: 0; }
  button { display: none; }
  section { break-inside: avoid-page; }
  .state, code, pre { border: 1px solid var(--line); background: none; }
}
`;

// Copies the text of the value beside the button; where the clipboard is closed to pages from files, by selecting it.
const SCRIPT = `
document.addEventListener('click', async (event) => {
  const button = event.target.closest('.copy button');
  if (!button) return;
  const value = button.parentElement.firstElementChild;
  try {
    await navigator.clipboard.writeText(value.textContent);
  } catch {
    getSelection().selectAllChildren(value);
    document.execCommand('copy');
  }
  button.textContent = 'Copied';
  setTimeout(() => { button.textContent = 'Copy'; }, 1500);
});
`;
