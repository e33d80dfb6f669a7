import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parse } from 'yaml';
import { type Request, serverAccessLine } from '../write-logs';

type Told = Omit<Request, 'bucket' | 'id' | 'requester'> & {
  readonly who: string;
  readonly every?: 'hour' | 'day';
  readonly times?: number;
};

const STEPS = { hour: 3_600_000, day: 86_400_000 } as const;

/** The story as requests, in the order of its lines. */
export function storyRequests(): Request[] {
  const { who, requests } = parse(readFileSync(join(__dirname, 'story.yaml'), 'utf8')) as {
    readonly who: Readonly<Record<string, string>>;
    readonly requests: readonly Told[];
  };
  return requests.flatMap(({ who: name, every = 'day', times = 1, ...request }, line) =>
    Array.from({ length: times }, (_, at): Request => {
      const instant = new Date(Date.parse(request.at) + at * STEPS[every]).toISOString().replace(/\.\d+Z$/, 'Z');
      const key = request.key?.replace('#', String(at + 1));
      const id = `${line}X${at}`.padStart(16, '0');
      return {
        ...request,
        at: instant,
        ...(key ? { key } : {}),
        id,
        requester: who[name],
        bucket: 'integrations-kohler',
      };
    }),
  );
}

/** Writes the story into a folder, as S3 delivers logs: some days in one file, some packed, a record twice. */
export function writeStory(folder: string): void {
  const requests = storyRequests();
  mkdirSync(join(folder, 'access-logs'), { recursive: true });
  for (const day of new Set(requests.map(({ at }) => at.slice(0, 10)))) {
    const lines = requests.filter(({ at }) => at.startsWith(day)).map((each) => `${serverAccessLine(each)}\n`);
    const text = [...lines.reverse(), lines[0]].join('');
    const file = join(folder, 'access-logs', `${day}-21-32-16-E568B2907131C0C4`);
    if (Number(day.slice(-2)) % 2 === 0) writeFileSync(`${file}.gz`, gzipSync(text));
    else writeFileSync(file, text);
  }
}
