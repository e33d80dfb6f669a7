import type { Document } from './document';
import { htmlOf } from './html';
import { handoffJson } from './json';
import { markdownOf } from './markdown';
import type { Handoff } from './model';
import { vendorPage } from './vendor-page';

/** How a page is written. */
export const FORMATS = ['markdown', 'html', 'json'] as const;
export type Format = (typeof FORMATS)[number];

/** The hand-off in a format; as JSON it is data, not a page. */
export function handoffAs(format: Format, handoff: Handoff): string {
  return format === 'json' ? handoffJson(handoff) : pageAs(format, vendorPage(handoff));
}

/** A page in a format; as JSON its parts. */
export function pageAs(format: Format, page: Document): string {
  switch (format) {
    case 'markdown':
      return markdownOf(page);
    case 'html':
      return htmlOf(page);
    case 'json':
      return `${JSON.stringify(page, null, 2)}\n`;
    default:
      return format satisfies never;
  }
}
