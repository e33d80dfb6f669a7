/** AWS's answers in every shape that they come in: an account is judged by what they mean. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Raw } from '../support/deployed-account';
import { allKinds, judged } from './account-of-all-kinds';
import { MESSES } from './messes';

const FOLDER = join(__dirname, '../account/shapes');
const LISTS = [
  'accessKeys',
  'oidcProviders',
  'buckets',
  'keys',
  'secrets',
  'trustAnchors',
  'rolesAnywhereProfiles',
  'stacks',
];

const nameOf = (thing: Raw) => thing.Arn ?? thing.Name ?? thing.trustAnchorArn ?? thing.profileArn ?? thing.StackId;

/** An account of which this is said as a file of the corpus says it. */
function withShapes(account: Raw, given: Raw): Raw {
  for (const [list, all] of Object.entries(given.iam ?? {}))
    if (Array.isArray(all)) account.iam[list] = [...(account.iam[list] ?? []), ...all];
  for (const list of LISTS) {
    const known = new Map<string, Raw>(account[list].map((each: Raw) => [nameOf(each), each]));
    for (const each of Array.isArray(given[list]) ? given[list] : []) {
      const there = known.get(nameOf(each));
      if (there) Object.assign(there, each);
      else account[list].push(each);
    }
  }
  return account;
}

test.each(readdirSync(FOLDER))('%s is judged', (file) => {
  const { given } = JSON.parse(readFileSync(join(FOLDER, file), 'utf8'));
  const { findings } = judged(withShapes(allKinds().account, given));
  const found = findings.map(({ code, principal, resource }) => `${code} ${principal ?? resource}`);
  expect([...new Set(found)]).toEqual(FOUND[file.replace('.json', '')] ?? []);
});

/** What is found in the corpus, beside what is the same. */
const FOUND: Readonly<Record<string, readonly string[]>> = {
  'bucket-with-wrappers': [
    'bucket-guard arn:aws:s3:::integrations-kohler',
    'missing arn:aws:s3:::integrations-kohler',
    'unknown-door arn:aws:s3:::integrations-kohler',
    'unknown-door arn:aws:s3:eu-west-1:111122223333:accesspoint/kohler-adobe',
    'missing arn:aws:s3:eu-west-1:111122223333:accesspoint/kohler--warehouse',
  ],
  'deleted-principals': [
    'bucket-guard arn:aws:s3:::integrations-kohler',
    'missing arn:aws:s3:::integrations-kohler',
    'unknown-statement arn:aws:iam::123456789876:root',
  ],
  'url-encoded-documents': ['unknown-principal arn:aws:iam::111122223333:role/kohler_reltio'],
};

const parsed = (text: string) => JSON.parse(text.startsWith('%') ? decodeURIComponent(text) : text);

/** A thing with every policy document in it in another spelling. */
function respelled(value: Raw, spell: (document: Raw) => Raw): Raw {
  if (Array.isArray(value)) return value.map((each) => respelled(each, spell));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      if (!/^(?:AssumeRolePolicyDocument|PolicyDocument|Document|Policy)$/.test(name))
        return [name, respelled(member, spell)];
      const document = typeof member === 'string' ? parsed(member) : (member as Raw);
      return [name, document?.Statement === undefined ? member : spell(document)];
    }),
  );
}

const listed = (document: Raw, change: (list: Raw) => Raw): Raw => ({
  ...document,
  Statement: change(
    [document.Statement].flat().map((statement: Raw) => ({
      ...statement,
      ...(statement.Action && { Action: change([statement.Action].flat()) }),
      ...(statement.Resource && { Resource: change([statement.Resource].flat()) }),
    })),
  ),
});

const SPELLINGS: readonly (readonly [name: string, spell: (document: Raw) => Raw])[] = [
  ['objects', (document) => document],
  ['JSON texts', (document) => JSON.stringify(document, null, 2)],
  ['URL-encoded texts', (document) => encodeURIComponent(JSON.stringify(document))],
  ['single values for lists', (document) => listed(document, (list) => (list.length === 1 ? list[0] : list))],
  ['lists for single values', (document) => listed(document, (list) => list)],
  ['in another order', (document) => listed(document, (list) => [...list].reverse())],
];

test.each(SPELLINGS)('documents as %s mean the same', (_, spell) => {
  const isDocument = (name: string) => /trust|policy|statement|role of a stranger|chain/.test(name);
  const { account } = allKinds();
  expect(judged(respelled(account, spell))).toMatchObject({ verdict: 'same', findings: [] });
  for (const { make, codes, name } of MESSES.filter(
    (each) => isDocument(each.name) && !/nobody can read/.test(each.name),
  )) {
    const { account: wrong } = allKinds();
    make(wrong);
    const found = judged(respelled(wrong, spell)).findings.map(({ code }) => code);
    expect([name, ...new Set(found)].sort()).toEqual([name, ...codes].sort());
  }
});
