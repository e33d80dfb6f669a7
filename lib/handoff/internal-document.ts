import { CAUSES, type CauseMeaning } from '../causes/cause';
import type { Client, Integration } from '../definitions/model/model';
import type { Profile } from '../definitions/profiles/profile';
import { wayOf } from '../definitions/profiles/ways';
import { stackId } from '../rules/stacks';
import { Status } from '../rules/vocabulary';
import { cdkCommand, ownCommand } from '../text/commands';
import { type Document, type Line, section } from './document';
import { newestSecret } from './fields';
import type { Handoff } from './model';
import { stillNeeded, stillOurs } from './needed';
import { troubleshooting } from './troubleshooting';

/**
 * What is ours to do for an integration, and no vendor reads.
 * @param dir the folder of the definitions, for commands
 */
export function internalDocument(
  client: Client,
  integration: Integration,
  profile: Profile | undefined,
  handoff: Handoff,
  dir: string,
): Document {
  const { name, kind, status, owner, request, reason, contact, expires, reviewBy, file } = integration;
  const way = profile && wayOf(profile, integration);
  const errors = [...(way?.errors ?? []), ...(profile?.errors ?? [])].filter(({ who }) => who === 'owner');
  // Of each cause, what the one table says to the owner.
  const general = troubleshooting(client, integration).flatMap(({ message, code }) => {
    const { cause, who, fix }: CauseMeaning = CAUSES[code];
    return who === 'vendor' ? [] : [{ message: `${message} (${code})`, cause, remedy: fix }];
  });
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['Definition', file],
    ['Kind and status', `${kind}, ${status}`],
    ['Why this kind', reason],
    ['Owner', owner],
    ['Request', request],
    ['At the vendor', contact],
    ['Access ends', expires],
    ['Review by', reviewBy],
  ];
  const notes = [way?.note, profile?.note, ...(way?.advice ?? []), ...(profile?.advice ?? [])];
  return {
    title: `${name}: what is ours to do`,
    warnings: ['INTERNAL. Do not send this to the vendor.'],
    letterhead: facts.flatMap(([label, value]) => (value === undefined ? [] : [{ label, value }])),
    sections: [
      ...section('Do this', { type: 'steps', lines: steps(client, integration, profile, handoff, dir) }),
      ...section('What comes back, and where it goes', {
        type: 'table',
        head: ['the vendor sends', `key of ${file}`],
        rows: stillNeeded(integration, way, 'vendor').map(({ label, key }) => [label, key]),
      }),
      ...section('When the vendor reports an error', {
        type: 'table',
        head: ['the vendor sees', 'because', 'do this'],
        rows: [...errors, ...general].map(({ message, cause, remedy }) => [message, cause, remedy]),
      }),
      ...section('What to know', {
        type: 'list',
        lines: notes.flatMap((note): Line[] => (note === undefined ? [] : [[note.trim()]])),
      }),
      ...section(`Sources${profile ? `, read on ${profile.checked}` : ''}`, {
        type: 'list',
        lines: (profile?.sources ?? []).map((source) => [source]),
      }),
    ],
  };
}

function steps(
  client: Client,
  integration: Integration,
  profile: Profile | undefined,
  handoff: Handoff,
  dir: string,
): Line[] {
  const { name, status } = integration;
  const ours = (words: string) => ({ code: ownCommand(words, dir) });
  const deploy = cdkCommand(`deploy ${stackId(client.name, integration.stackPart)} --outputs-file outputs.json`, dir);
  const write = (format: string) => ({
    code: `${ownCommand(`handoff ${name} --format ${format} --outputs outputs.json`, dir)} > ${name}.${format}`,
  });
  const open = stillOurs(integration, profile);
  const waits = handoff.needed.length > 0;
  const send: Line = ['Write the hand-off and send it: ', write('html')];
  if (status === Status.SUSPENDED)
    return [['To resume: ', ours(`resume ${name}`), ', then deploy: ', { code: deploy }], send];
  const fill = open.map(
    ({ key, label, where }): Line => ['Fill in ', { code: key }, `, which is ours to make: ${label}. ${where}`],
  );
  const activate: Line[] =
    status === Status.PENDING
      ? [
          [waits ? 'When the answer comes, write it: ' : 'Make it active: ', ours(`accept ${name}`)],
          ['Deploy again: ', { code: deploy }],
          ['Write the hand-off again and send it: it has the test.'],
        ]
      : [];
  return [
    ...fill,
    ...(handoff.deployed ? [] : [['Deploy: ', { code: deploy }] as Line]),
    send,
    ...secretSteps(integration, handoff, dir),
    ...activate,
    [
      'If you have credentials of the vendor, test as the vendor: ',
      write('json'),
      ', then ',
      ours(`test-connection ${name}.json --profile PROFILE`),
    ],
  ];
}

/** What goes to the vendor in another way than the hand-off. */
function secretSteps(integration: Integration, { setup }: Handoff, dir: string): Line[] {
  switch (integration.kind) {
    case 'access-key': {
      const secret = newestSecret(integration, setup.secrets ?? {});
      const where: Line =
        secret === undefined ? [] : [' It is in the secret ', { code: secret }, ' of AWS Secrets Manager.'];
      return [
        [
          'Send the access key once, through a channel for secrets: ',
          { code: ownCommand(`handoff ${integration.name} --reveal-secret`, dir) },
          ' shows it.',
          ...where,
        ],
      ];
    }
    case 'roles-anywhere':
      return [
        [
          'If you issue the certificate, send it with its private key once, through a channel for secrets. docs/guides/certificates.md says how to make, renew and revoke it.',
        ],
      ];
    case 'assumed-role':
    case 'direct-trust':
    case 'web-identity':
      return [];
    default:
      return integration satisfies never;
  }
}
