import type { Document } from './document';
import { htmlOf } from './html';
import { handoffJson } from './json';
import { markdownOf } from './markdown';
import type { Handoff } from './model';
import { vendorDocument } from './vendor-document';

/** How a document is written. */
export const FORMATS = ['markdown', 'html', 'json'] as const;
export type Format = (typeof FORMATS)[number];

/** The hand-off in a format; as JSON it is data, not a document. */
export function handoffAs(format: Format, handoff: Handoff): string {
  return format === 'json' ? handoffJson(handoff) : documentAs(format, vendorDocument(handoff));
}

/** A document in a format; as JSON its parts. */
export function documentAs(format: Format, document: Document): string {
  switch (format) {
    case 'markdown':
      return markdownOf(document);
    case 'html':
      return htmlOf(document);
    case 'json':
      return `${JSON.stringify(document, null, 2)}\n`;
    default:
      return format satisfies never;
  }
}
