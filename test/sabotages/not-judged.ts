import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const { starts: STARTS }: { readonly starts: readonly { readonly what: string }[] } = parse(
  readFileSync(join(__dirname, '../access/escalations.yaml'), 'utf8'),
);

/** What the checks do not judge, for people who rely on them. */
export const NOT_JUDGED: readonly string[] = [
  'What is not in a template: other stacks, what somebody does in the account manually, service and resource control policies. `cdk drift` and IAM Access Analyzer see some of it.',
  'What an insider does with what it may do: a function of ours that sends objects elsewhere, public code that runs as a role of ours, a build that takes pull requests of strangers.',
  `Rights that only start what others wrote, by an identity policy. ${STARTS.map(({ what }) => what).join('; ')}. A policy of the function itself is judged.`,
  'Code that something runs later, where no template shows what runs it: repositories, packages, layers. Images of containers and scripts of jobs are judged where a template names them.',
  'Denies, boundaries, session policies and conditions that do not say who asks: they never make reach smaller, so that what they prevent is still a violation.',
  'Custom resources and types that the CDK does not know, where they merely name a bucket: a synth lists them.',
  'Types that act by a role of ours: the role is judged, not what they do with it.',
  'People in our own identity centre and directories, who is in which group there, and what dashboards, sites and assistants of ours (Grafana, Amplify, Q Business) show them.',
  'Backups and copies within accounts of ours, and who of ours reaches them there.',
  'Object keys, where they are part of an event or a log within accounts of ours, and who gets them from a topic, a queue or a stream of ours.',
  'An existing bucket: its settings and the policy that it has. Statements that an app adds are judged.',
];
