import { type Html, html } from '../html/html';
import { htmlPage } from '../html/page';
import type { Block, Document, Line, Row } from './document';

/**
 * A page that needs nothing else: no script or style from elsewhere, good on paper, on a phone and in the dark. It reads as
 * well where both are stripped, as mail programs do: then it has no buttons.
 */
export function htmlOf({ title, warnings, letterhead, introduction, sections }: Document): string {
  const body = html`<main>
<h1>${title}</h1>
${warnings.map((warning) => html`<p class="warning"><strong>${warning}</strong></p>\n`)}
${letterhead.length > 0 ? html`<table class="letterhead">${letterhead.map(letterheadRow)}</table>` : undefined}
${introduction && html`<p>${introduction}</p>`}
${sections.map(({ title: name, blocks }) => html`<section>\n<h2>${name}</h2>\n${blocks.map(blockOf)}\n</section>\n`)}
</main>`;
  return htmlPage({ title, style: STYLE, script: SCRIPT, body });
}

function letterheadRow({ label, value }: Document['letterhead'][number]): Html {
  return html`<tr><th scope="row">${label}</th><td>${value}</td></tr>\n`;
}

function blockOf(block: Block): Html {
  switch (block.type) {
    case 'text':
      return html`<p>${lineOf(block.line)}</p>\n`;
    case 'steps':
      return html`<ol>${block.lines.map(item)}</ol>\n`;
    case 'list':
      return html`<ul>${block.lines.map(item)}</ul>\n`;
    case 'values':
      return html`<table class="values">\n<thead><tr>${block.head.map(heading)}</tr></thead>\n<tbody>${block.rows.map(valueRow)}</tbody>\n</table>\n`;
    case 'table':
      return html`<table class="wide">\n<thead><tr>${block.head.map(heading)}</tr></thead>\n<tbody>${block.rows.map(tableRow)}</tbody>\n</table>\n`;
    case 'code':
      return html`<figure><figcaption>${block.title}:</figcaption><pre data-copy="${block.title}" tabindex="0">${breakable(block.code)}</pre></figure>\n`;
    default:
      return block satisfies never;
  }
}

function item(line: Line): Html {
  return html`<li>${lineOf(line)}</li>\n`;
}

function lineOf(line: Line): Html[] {
  return line.map((piece) => {
    if (typeof piece === 'string') return html`${piece}`;
    return 'code' in piece ? html`<code>${breakable(piece.code)}</code>` : html`<strong>${piece.strong}</strong>`;
  });
}

function heading(name: string): Html {
  return html`<th scope="col">${name}</th>`;
}

function valueRow({ label, values, elsewhere, note }: Row): Html {
  const shown = values.map((value) => html`<div><code data-copy="${label}">${breakable(value)}</code></div>`);
  const missing = values.length === 0 ? html`<em>${elsewhere}</em>` : undefined;
  return html`<tr><th scope="row">${breakable(label)}</th><td>${shown}${missing}${note && html`<div class="note">${note}</div>`}</td></tr>\n`;
}

function tableRow([first, ...others]: readonly string[]): Html {
  return html`<tr><th scope="row">${first}</th>${others.map((cell) => html`<td>${cell}</td>`)}</tr>\n`;
}

/** A value that breaks between its parts, and not inside a word. */
function breakable(value: string): Html[] {
  const parts = value.split(/(?<=[/:_.=,@-])(?=[^/:_.=,@-])/);
  return parts.map((part, at) => (at === 0 ? html`${part}` : html`<wbr>${part}`));
}

const STYLE = `
:root { color-scheme: light dark; --line: #8888; --soft: #8882; --accent: #0b57d0; --warning: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --accent: #8ab4f8; --warning: #f2b8b5; } }
* { box-sizing: border-box; }
html { background: Canvas; color: CanvasText; }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; background: Canvas; color: CanvasText; }
main { max-width: 54rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .75rem; overflow-wrap: break-word; }
h2 { font-size: 1.15rem; margin: 1.75rem 0 .5rem; border-bottom: 1px solid var(--line); padding-bottom: .25rem; break-after: avoid; }
p, li, td { overflow-wrap: anywhere; }
th { overflow-wrap: break-word; }
.warning { border: 2px solid var(--warning); color: var(--warning); padding: .5rem .75rem; margin: 0 0 .75rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .4rem .75rem .4rem 0; border-bottom: 1px solid var(--line); }
th { font-weight: 600; }
tbody th { width: 15rem; }
.letterhead { width: auto; margin-bottom: 1rem; }
.letterhead th, .letterhead td { border: 0; padding: 0 1.5rem 0 0; }
.letterhead th { width: auto; font-weight: 400; white-space: nowrap; }
.note { font-size: .9rem; }
li { margin: .2rem 0; }
ol, ul { padding-left: 1.5rem; }
figure { margin: .75rem 0; }
figcaption { display: flex; align-items: start; justify-content: space-between; margin-bottom: .25rem; break-after: avoid; }
code, pre { font: .875rem/1.5 ui-monospace, monospace; background: var(--soft); border-radius: 4px; padding: .1rem .3rem; white-space: pre-wrap; overflow-wrap: anywhere; }
[data-copy] { user-select: all; -webkit-user-select: all; }
pre { margin: 0; padding: .5rem .75rem; }
button { font: inherit; font-size: .8rem; color: var(--accent); background: Canvas; border: 1px solid var(--line); border-radius: 4px; padding: .05rem .5rem; margin-left: .5rem; cursor: pointer; user-select: none; -webkit-user-select: none; }
button { flex: none; }
button:focus-visible, pre:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
@media (max-width: 40rem) {
  .values, .wide, .values tbody, .wide tbody, .values tr, .wide tr, .values td, .wide td, .values tbody th, .wide tbody th { display: block; width: auto; }
  .values thead, .wide thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .values tbody th, .wide tbody th { border: 0; padding-bottom: 0; }
}
@media print {
  :root { --line: #888; --accent: #000; }
  body { font-size: 10pt; line-height: 1.35; }
  main { max-width: none; padding: 0; }
  h2 { margin-top: 1rem; }
  th, td { padding-top: .2rem; padding-bottom: .2rem; }
  tr, li, pre { break-inside: avoid; }
  h2 + p { break-after: avoid; }
  .wide { font-size: 9pt; }
  .note { font-size: 9pt; }
  button { display: none; }
  code, pre { background: none; border: 1px solid var(--line); font-size: 9pt; }
}
`;

// Buttons are made here: without scripts nothing stands on the page that does nothing. Where the clipboard is closed to pages
// from files, the value is selected, and copied as Ctrl+C does.
const SCRIPT = `
for (const value of document.querySelectorAll('[data-copy]')) {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = 'Copy';
  button.setAttribute('aria-label', 'Copy ' + value.dataset.copy);
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(value.textContent);
    } catch {
      getSelection().selectAllChildren(value);
      document.execCommand('copy');
    }
    button.textContent = 'Copied';
    setTimeout(() => { button.textContent = 'Copy'; }, 1500);
  });
  const caption = value.parentElement.querySelector('figcaption');
  if (caption) caption.append(button);
  else value.after(button);
}
`;
