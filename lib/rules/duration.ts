import { counted } from '../text/plural';
import { quote } from '../text/quote';
import type { Finding } from './finding';

/**
 * The seconds of a session's duration.
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html (DurationSeconds)
 */
export function parseSessionDuration(text: string): number | undefined {
  const [, hours, minutes] = /^(?:(\d{1,2})h)?(?:(\d{1,3})m)?$/.exec(text) ?? [];
  const seconds = Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60;
  return seconds >= 900 && seconds <= 43_200 ? seconds : undefined;
}

export function checkSessionDuration(text: string): Finding[] {
  if (parseSessionDuration(text) !== undefined) return [];
  return [
    {
      code: 'bad-duration',
      message: `${quote(text)} is not a session duration`,
      fix: 'write 15m to 12h, for example 15m, 1h, 1h30m or 12h',
    },
  ];
}

/** The shortest maximum that IAM lets a role have, in seconds. A caller may ask for a shorter session. */
export const LEAST_MAX_SESSION = 3600;

/**
 * What is wrong with a session's duration in seconds.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html (MaxSessionDuration)
 */
export function checkSessionSeconds(seconds: number): Finding[] {
  if (seconds >= 900 && seconds <= 43_200) return [];
  return [
    { code: 'bad-duration', message: `a session of ${counted(seconds, 'second')}`, fix: 'give 15 minutes to 12 hours' },
  ];
}
