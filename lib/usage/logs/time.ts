const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec';
const [COLON, SPACE, PLUS, MINUS, ZERO] = [58, 32, 43, 45, 48];
const MINUTE = 60_000;

/** Reads `06/Feb/2019:00:00:38 +0000`; of each day, of which a log has few, the beginning once. */
export class TimeReader {
  private readonly days = new Map<string, number>();

  /** Milliseconds since 1970; NaN where it is no such time. */
  read(bytes: Buffer, start: number, end: number): number {
    if (end - start !== 26) return Number.NaN;
    const at = start + 11;
    const sign = bytes[at + 10];
    if (bytes[at] !== COLON || bytes[at + 3] !== COLON || bytes[at + 6] !== COLON || bytes[at + 9] !== SPACE)
      return Number.NaN;
    if (sign !== PLUS && sign !== MINUS) return Number.NaN;
    const hours = twoDigits(bytes, at + 1, 23);
    const minutes = twoDigits(bytes, at + 4, 59);
    const seconds = twoDigits(bytes, at + 7, 60);
    const offset = twoDigits(bytes, at + 11, 14) * 60 + twoDigits(bytes, at + 13, 59);
    return (
      this.day(bytes.toString('latin1', start, at)) +
      (hours * 60 + minutes - (sign === MINUS ? -offset : offset)) * MINUTE +
      seconds * 1000
    );
  }

  private day(text: string): number {
    const known = this.days.get(text);
    if (known !== undefined) return known;
    if (this.days.size > 1000) this.days.clear();
    const start = dayOf(text);
    this.days.set(text, start);
    return start;
  }
}

/** A number of two digits; NaN where it is none, or above the most. */
function twoDigits(bytes: Buffer, at: number, most: number): number {
  const [tens, ones] = [(bytes[at] ?? 0) - ZERO, (bytes[at + 1] ?? 0) - ZERO];
  const value = tens * 10 + ones;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 && value <= most ? value : Number.NaN;
}

function dayOf(text: string): number {
  const [, day, month = '', year] = /^(\d\d)\/([A-Z][a-z]{2})\/(\d{4})$/.exec(text) ?? [];
  const at = MONTHS.indexOf(month);
  if (day === undefined || at < 0 || at % 3 !== 0) return Number.NaN;
  const start = Date.UTC(Number(year), at / 3, Number(day));
  return new Date(start).getUTCDate() === Number(day) ? start : Number.NaN;
}
