import type { Host } from '../host/host';
import { type Look, painter } from './colors';
import type { CellPaint } from './table';

/** Words of tables that somebody should see at once. */
const LOOKS: Readonly<Record<string, Look>> = {
  'access-key': 'yellow',
  pending: 'cyan',
  suspended: 'dim',
  high: 'red',
  medium: 'yellow',
  accepted: 'dim',
  'nothing (pending)': 'cyan',
  'nothing (suspended)': 'dim',
  'nothing (expired)': 'dim',
};

/** How the cells of a table look: headings stand out, and so does what is not as usual. */
export function lookOf(host: Host): CellPaint {
  const paint = painter(host.colors?.out);
  return (text, column, row) => {
    if (row === undefined) return paint('bold', text);
    return paint(LOOKS[row[column] ?? ''] ?? (row[column]?.endsWith(', by access key') ? 'yellow' : undefined), text);
  };
}
