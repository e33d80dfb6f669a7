/** The most requests of one generation; both together take 256 MiB when they are full. */
const MOST = 2 ** 23 + 2 ** 22;
const FIRST_SIZE = 2 ** 12;
const LAST_SIZE = 2 ** 24;

/**
 * Which requests were counted already, in bounded memory: a hash of 64 bits each, in two generations. When one is full, the
 * older is forgotten, so that at least the last twelve million requests are known; a record that comes again after more
 * than that counts twice. Two requests share a hash about once in 10^12 requests seen together.
 */
export class SeenRequests {
  private current = new Generation();
  private before = new Generation();
  /** Whether any were forgotten. */
  forgetful = false;

  /** Whether it was seen; from now on it is. */
  add(id: string, action: string): boolean {
    let [first, second] = [0x811c9dc5, 0x9dc5811c];
    for (const text of [id, action]) {
      for (let at = 0; at < text.length; at++) {
        const unit = text.charCodeAt(at);
        first = Math.imul(first ^ unit, 0x01000193);
        second = Math.imul(second ^ unit, 0x85ebca6b);
        second ^= second >>> 15;
      }
      first ^= 0x5bd1e995;
    }
    const [high, low] = [mixed(first), mixed(second)];
    if (this.before.has(high, low)) return true;
    if (this.current.add(high, low)) return true;
    if (this.current.count >= MOST) {
      [this.before, this.current] = [this.current, new Generation()];
      this.forgetful = true;
    }
    return false;
  }
}

/** Every bit of it depends on every bit that it was. */
function mixed(hash: number): number {
  let value = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) | 0;
}

/** A hash table of pairs, which grows up to its last size. */
class Generation {
  count = 0;
  private size = FIRST_SIZE;
  private highs = new Int32Array(FIRST_SIZE);
  private lows = new Int32Array(FIRST_SIZE);

  has(high: number, low: number): boolean {
    return this.count > 0 && this.highs[this.slot(high, low)] !== 0;
  }

  /** Whether it is there already. */
  add(high: number, low: number): boolean {
    const at = this.slot(high, low);
    if (this.highs[at] !== 0) return true;
    // Zero marks a place that is free.
    this.highs[at] = high || 1;
    this.lows[at] = low;
    this.count += 1;
    if (this.count * 4 > this.size * 3 && this.size < LAST_SIZE) this.grow();
    return false;
  }

  /** Where it is, or would be. */
  private slot(high: number, low: number): number {
    const mask = this.size - 1;
    const wanted = high || 1;
    let at = (low ^ (high >>> 7)) & mask;
    while (this.highs[at] !== 0 && (this.highs[at] !== wanted || this.lows[at] !== low)) at = (at + 1) & mask;
    return at;
  }

  private grow(): void {
    const { highs, lows, size } = this;
    this.size = size * 2;
    this.highs = new Int32Array(this.size);
    this.lows = new Int32Array(this.size);
    for (let at = 0; at < size; at++) {
      const [high = 0, low = 0] = [highs[at], lows[at]];
      if (high === 0) continue;
      const to = this.slot(high, low);
      this.highs[to] = high;
      this.lows[to] = low;
    }
  }
}
