/**
 * The request matrix: every kind of caller with every kind of call, right and just beside right. Whether a request is
 * allowed is the contract's word (contract.ts), never that of the code that makes the policies.
 */
import { needs } from './calls';
import { waysTo } from './contract';
import { besides, encrypted, everyCall, oneOfEach, othersTry, plainly } from './matrix-s3';
import { assumptions, keyUses } from './matrix-sessions';
import { type Asked, actors, type Circumstances, letThrough, type Request, type Way, type Who } from './request';
import { nameOf, SIMULATED_CLIENT, SUBJECTS, type Subject } from './subjects';
import { inWords } from './words';

function asked(): Asked[] {
  return SUBJECTS.flatMap((one): Asked[] => {
    const requests: Asked[] = [];
    if (one.kind === 'assumed-role') requests.push(...assumptions(one));
    if (one.client === SIMULATED_CLIENT) requests.push(...keyUses(one));
    for (const who of actors(one)) {
      if (one.status !== undefined) requests.push(...switchedOff(one, who));
      else if (one.brief) requests.push(...oneOfEach(one, who), ...inTime(one, who));
      else requests.push(...everyCall(one, who), ...besides(one, who), ...plainly(one, who));
      if (one.status === undefined) requests.push(...encrypted(one, who));
    }
    requests.push(...othersTry(one));
    return requests;
  });
}

/** Suspended or pending: nothing at all, and not by what somebody else gives either. */
function switchedOff(one: Subject, who: Who): Asked[] {
  const name = nameOf(one);
  const before: Who[] = one.status === 'suspended' && 'keyOf' in who ? [{ tokenOf: name }] : [];
  const session = 'sessionOf' in who && one.status === 'pending' ? [] : [who];
  const given = 'person' in who ? [] : [...session, ...before].flatMap((each) => oneOfEach(one, each).map(more));
  return [...[...session, ...before].flatMap((each) => oneOfEach(one, each)), ...given];
}

const more = ([who, call]: Asked): Asked => [who, call, { givenMore: true }];

/** Dates and origins, as far as they can be other than now and here. */
function inTime(one: Subject, who: Who): Asked[] {
  const elsewhere = (circumstances: Circumstances) =>
    oneOfEach(one, who).map(([, call]): Asked => [who, call, circumstances]);
  return [
    ...(one.expires
      ? [...elsewhere({ at: `${one.expires}T00:00:00Z` }), ...elsewhere({ at: '2019-12-31T23:59:59Z' })]
      : []),
    ...(one.sourceIps ? [...elsewhere({ address: '203.0.113.9' }), ...elsewhere({ address: '198.51.100.7' })] : []),
    ...(one.vpcEndpoints ? ['vpce-0a1b2c3d', 'vpce-0a1b2c3e'].flatMap((endpoint) => elsewhere({ endpoint })) : []),
  ];
}

function answered([who, call, circumstances = {}]: Asked): Request {
  // All permissions of a call must be had: a way to it is a way to each of them.
  const ways = needs(call)
    .map((need) => waysTo(need, who, circumstances))
    .reduce<Way[]>(
      (all, next) => all.flatMap((one) => next.map((other) => both(one, other))),
      [{ grants: [], bars: [] }],
    );
  return { who, call, circumstances, ways, allowed: letThrough(ways), text: inWords(who, call, circumstances) };
}

function both(one: Way, other: Way): Way {
  return { grants: [...one.grants, ...other.grants], bars: [...one.bars, ...other.bars] };
}

/** Every request once. */
export const MATRIX: readonly Request[] = [...new Map(asked().map((each) => [inWords(...each), each])).values()].map(
  answered,
);
