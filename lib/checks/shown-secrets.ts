/** Secret access keys of integrations anywhere but in their secret. */
import { type Json, valueText } from '../access';
import { allTexts, type ReadResource, recordOf, section } from '../templates';
import { secretName } from './guarded-names';
import type { JudgedApp } from './judged-app';
import { secretsIn } from './principal-settings';
import { type Violation, violation } from './violation';

export function shownSecrets(judged: JudgedApp): readonly Violation[] {
  const { app } = judged;
  const keys = new Set(
    judged.world.made
      .filter((holder) => holder.kind === 'user' && judged.index.integrationOf(holder))
      .flatMap(({ handedOut = [] }) => handedOut.map(({ scope, id }) => keyOf(scope, id))),
  );
  const secrets = judged.meant.secrets.map(({ arn }) => valueText(arn));
  const names = [...secrets, ...secrets.map((arn) => secretName(arn))];
  const isShown = (json: Json) =>
    secretsIn(json).some(({ scope, id }) => keys.has(keyOf(scope, id))) ||
    allTexts(json).some((value) => {
      const text = valueText(value);
      return [...text.matchAll(/\{\{resolve:secretsmanager:(.*?)\}\}/gs)].some(([, what = '']) =>
        names.some((name) => what.includes(name)),
      );
    });
  const reason = 'it shows a secret access key';
  if (keys.size === 0 && secrets.length === 0) return [];
  return [
    ...app.sources.flatMap((source) =>
      Object.entries(section(source, 'Outputs')).flatMap(([logicalId, output]) => {
        const value = app.reader(source.name)?.read(recordOf(output));
        return value && isShown(value) ? [violation('secret-shown', { source, logicalId }, 'Outputs', reason)] : [];
      }),
    ),
    ...app.resources
      .filter((resource) => isShown(judged.ownerOf(resource) ? withoutSecret(resource) : resource.written))
      .map((resource) => violation('secret-shown', resource, 'Properties', reason)),
  ];
}

/** An integration's own secret may hold its access key, as its value and nowhere else. */
function withoutSecret({ written }: ReadResource): Json {
  if (!('members' in written)) return written;
  return { members: written.members.filter(([name]) => name !== 'SecretString') };
}

function keyOf(scope: string, id: string): string {
  return JSON.stringify([scope, id]);
}
