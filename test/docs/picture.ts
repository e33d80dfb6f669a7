import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { load } from '../../lib/definitions/load';
import { bucketOf } from '../../lib/definitions/model/model';
import { Profiles } from '../../lib/definitions/profiles/profiles';
import { handoffOf } from '../../lib/handoff/handoff';
import { stackId, stackName } from '../../lib/rules/stacks';
import { all } from '../../lib/text/list';

const README = join(__dirname, '../../README.md');

/** The one definition that the README writes out, with its path in the folder. */
export function example(text = readFileSync(README, 'utf8')): { readonly file: string; readonly yaml: string } {
  const [, file, yaml] = /`integrations\/([\w/-]+\.yaml)`\n\n```yaml\n([\s\S]*?)^```$/m.exec(text) ?? [];
  if (file === undefined || yaml === undefined) throw new Error('README.md has lost its example');
  return { file, yaml };
}

/** What becomes of it: definition, stack and hand-off, as a Mermaid flowchart. */
export function picture({ file, yaml } = example()): string {
  const dir = mkdtempSync(join(tmpdir(), 'picture-'));
  try {
    mkdirSync(join(dir, dirname(file)));
    writeFileSync(join(dir, dirname(file), 'client.yaml'), '');
    writeFileSync(join(dir, file), yaml);
    const { deployment, problems } = load(dir);
    const [client] = deployment.clients;
    const [integration] = client?.integrations ?? [];
    if (client === undefined || integration?.kind !== 'assumed-role')
      throw new Error(`the example of README.md is no role: ${problems.map(({ message }) => message).join('; ')}`);
    const profile = integration.profile === undefined ? undefined : new Profiles(dir).get(integration.profile);
    const keys = [...yaml.matchAll(/^(\w+:) *(.*)$/gm)].map(([, key, value]) => `${key} ${value || '…'}`);
    const { product, fields } = handoffOf(client, integration, profile, undefined);
    return [
      '```mermaid',
      'flowchart LR',
      `  definition["<b>integrations/${file}</b>${lines(keys)}"]`,
      `  subgraph stack["stack ${stackName(stackId(client.name))}"]`,
      `    role["<b>role ${integration.roleName}</b>${lines([
        'trusts only that principal, with that external ID',
        `may ${all(integration.access)}`,
      ])}"]`,
      `    bucket["<b>bucket ${bucketOf(client, integration).name}</b>${lines(['private, encrypted, TLS only'])}"]`,
      `    role -- "only ${integration.prefix}" --> bucket`,
      '  end',
      `  handoff["<b>hand-off for ${product}</b>${lines(fields.map(({ label }) => label))}"]`,
      '  definition -- "cdk deploy" --> stack',
      '  stack -- "handoff" --> handoff',
      '```',
    ].join('\n');
  } finally {
    rmSync(dir, { recursive: true });
  }
}

function lines(each: readonly string[]): string {
  return each.map((line) => `<br>${line.replace(/["<>]/g, '')}`).join('');
}
