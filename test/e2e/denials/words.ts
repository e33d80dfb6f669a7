import type { Call } from './calls';
import type { Circumstances, Who } from './request';

/** A request in words, by which it is known. */
export function inWords(who: Who, call: Call, circumstances: Circumstances = {}): string {
  return [name(who), ask(call), ...under(circumstances)].join(' ');
}

function name(who: Who): string {
  if ('person' in who) return `${who.person} (outside)`;
  if ('sessionOf' in who) return `a session of ${who.sessionOf}`;
  if ('keyOf' in who) return `the key of ${who.keyOf}`;
  return 'tokenOf' in who ? `a token of ${who.tokenOf}'s key` : 'nobody';
}

function ask(call: Call): string {
  const { does, ...of } = call;
  const [, ...rest] = Object.values({ does, ...of }).map((value) =>
    typeof value === 'string' ? value : `${value.bucket}/${value.key}`,
  );
  return `${does} ${Object.keys(of)
    .map((key, at) => `${WORDS[key] ?? key} ${rest[at] === '' ? '""' : rest[at]}`)
    .join(' ')}`.trim();
}

const WORDS: Readonly<Record<string, string>> = {
  bucket: 'in',
  role: 'of',
  externalId: 'with',
  sessionName: 'as',
  client: 'by the key of',
  encryption: 'encrypted by',
};

function under({ plainHttp, address, endpoint, at, givenMore }: Circumstances): string[] {
  return [
    ...(plainHttp ? ['over plain HTTP'] : []),
    ...(address ? [`from ${address}`] : []),
    ...(endpoint ? [`through ${endpoint}`] : []),
    ...(at ? [`at ${at}`] : []),
    ...(givenMore ? ['given more by somebody'] : []),
  ];
}
