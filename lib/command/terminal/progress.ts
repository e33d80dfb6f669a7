import { type Loaded, type LoadOptions, load } from '../../definitions/load';
import type { Host } from '../host/host';

/** Who waits longer than this wants to know for what. */
const PATIENCE_MS = 1000;
const EVERY_MS = 100;

/** Lines of progress on a terminal, of what takes more than a second. */
export interface ProgressLine {
  show(line: string): void;
  /** Takes the last one away. */
  end(): void;
}

/** Shows lines of progress where there is a terminal, and not more of them than can be read. */
export function progressLine({ progress, clock }: Host): ProgressLine {
  if (!progress || !clock) return { show: () => {}, end: () => {} };
  const start = clock();
  let last: number | undefined;
  return {
    show: (line) => {
      const now = clock();
      if (now - start < PATIENCE_MS || now - (last ?? 0) < EVERY_MS) return;
      last = now;
      progress(line);
    },
    end: () => {
      if (last !== undefined) progress('');
    },
  };
}

/** Reads and judges a folder of definitions; where that takes more than a second, a terminal shows how far it is. */
export function loadWatched(dir: string, options: LoadOptions, host: Host): Loaded {
  if (!host.progress) return load(dir, options);
  const line = progressLine(host);
  const progress: LoadOptions['progress'] = (doing, done, of) => line.show(`${doing}: ${done} of ${of} clients`);
  const loaded = load(dir, { ...options, progress });
  line.end();
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
