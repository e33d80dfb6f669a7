import { OF_BUCKETS } from './buckets';
import { OF_DOORS } from './doors';
import type { Mess } from './mess';
import { OF_OTHERS } from './others';
import { OF_PRINCIPALS } from './principals';

export const MESSES: readonly Mess[] = [...OF_PRINCIPALS, ...OF_BUCKETS, ...OF_DOORS, ...OF_OTHERS];
