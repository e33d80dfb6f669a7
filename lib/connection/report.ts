import type { Cause, Who } from '../causes/cause';
import type { ReceivedHandoff } from './received-handoff';
import { isRight, type Step } from './step';
import type { Report } from './try-connection';

const WHO: Readonly<Record<Who, string>> = {
  vendor: 'the vendor',
  owner: "the bucket's owner",
  'vendor or owner': "the vendor or the bucket's owner",
  network: "the administrator of the vendor's network",
  nobody: 'nobody',
};

const WIDTH = 'assume-with-other-session-name'.length;

/** What is about to be tried. */
export function headLine({ integration, kind, bucket, prefix, region, access }: ReceivedHandoff): string {
  return `${integration} (${kind}): s3://${bucket}/${prefix} in ${region}: ${access.join(', ')}\n`;
}

/** A step on a line; with what is behind it on two more where it went wrong. */
export function stepLine(step: Step): string {
  const { expected, outcome, cause, detail } = step;
  const mark = outcome === 'skipped' ? 'skip' : isRight(step) ? 'ok' : 'FAIL';
  const verdict =
    expected === 'denied' ? (outcome === 'works' ? 'NOT denied: ' : outcome === 'denied' ? 'denied: ' : '') : '';
  const line = `${mark.padEnd(4)}  ${step.step.padEnd(WIDTH)}  ${verdict}${detail}\n`;
  if (isRight(step) || !cause) return line;
  return `${line}      cause: ${cause.cause}\n      to fix: ${WHO[cause.who]}: ${cause.fix}\n`;
}

/** What it came to. */
export function lastLine({ integration, ok, steps }: Report): string {
  const wrong = steps.filter((step) => !isRight(step)).map(({ step }) => step);
  const stopped = steps.some(({ cause }) => cause?.fatal) ? '; the steps after it would fail too' : '';
  const count = `${steps.length} ${steps.length === 1 ? 'step' : 'steps'}`;
  return ok
    ? `${integration}: ${count}, all as expected\n`
    : `${integration}: ${wrong.length} of ${count} went wrong: ${wrong.join(', ')}${stopped}\n`;
}

/** The whole run as one JSON document. */
export function reportJson({ integration, ok, steps }: Report): string {
  const flat = steps.map((each) => {
    const { step, expected, outcome, detail } = each;
    const { code, cause, who, fix }: Partial<Cause> = isRight(each) ? {} : { ...each.cause };
    return { step, expected, outcome, code, cause, who, fix, detail };
  });
  return `${JSON.stringify({ integration, ok, steps: flat }, null, 2)}\n`;
}
