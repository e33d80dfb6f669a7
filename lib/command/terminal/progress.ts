import { type Loaded, type LoadOptions, load } from '../../definitions/load';
import type { Host } from '../host/host';

/** Who waits longer than this wants to know for what. */
const PATIENCE_MS = 1000;
const EVERY_MS = 100;

/** Reads and judges a folder of definitions; where that takes more than a second, a terminal shows how far it is. */
export function loadWatched(dir: string, options: LoadOptions, host: Host): Loaded {
  const { progress, clock } = host;
  if (!progress || !clock) return load(dir, options);
  const start = clock();
  let last: number | undefined;
  const loaded = load(dir, {
    ...options,
    progress: (doing, done, of) => {
      const now = clock();
      if (now - start < PATIENCE_MS || now - (last ?? 0) < EVERY_MS) return;
      last = now;
      progress(`${doing}: ${done} of ${of} clients`);
    },
  });
  if (last !== undefined) progress('');
  return loaded;
}

/** Waits for something; where that takes more than a second, a terminal says for what. */
export async function watched<T>(what: string, { progress }: Host, promise: Promise<T>): Promise<T> {
  if (!progress) return promise;
  let shown = false;
  const timer = setTimeout(() => {
    shown = true;
    progress(`${what} …`);
  }, PATIENCE_MS);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    if (shown) progress('');
  }
}
