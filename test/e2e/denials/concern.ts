import { needs } from './calls';
import { nameOfOurs } from './contract';
import type { Document } from './documents';
import type { Request } from './request';

/** Whether a policy document is looked at when a request is judged. */
export function concerns({ kind, of }: Document, { who, call }: Request): boolean {
  switch (kind) {
    case 'access':
      return nameOfOurs(who) === of;
    case 'trust':
      return needs(call).some(({ role }) => role === of);
    case 'bucket policy':
      return needs(call).some(({ bucket }) => bucket === of);
    case 'key policy':
      return needs(call).some(({ kmsKeyOf }) => kmsKeyOf === of);
  }
}
