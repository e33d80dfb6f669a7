import { cdkCommand, ownCommand } from '../../text/commands';
import { shellWord } from '../../text/shell';
import type { Judged } from './judged';

/** The commands of adopting, in their order. */
export function nextSteps({ definitions, clients }: Judged, dir: string): readonly string[] {
  if (definitions.length === 0) return [];
  const steps = clients.flatMap((client) => {
    const { name, adopts, hasPolicy, isDeployed } = client;
    if (isDeployed) return [];
    const own = definitions.filter(({ found }) => found.client === name);
    const resources = [...adopts, ...own.flatMap((each) => each.adopts)];
    if (resources.length === 0) return [cdkCommand(`deploy ${name}`, dir)];
    const words = [name, ...resources].map(shellWord).join(' ');
    const policy = hasPolicy ? ' --bucket-policy' : '';
    return [
      `${ownCommand(`adopt ${words}${policy}`, dir)} > ${name}-mapping.json`,
      cdkCommand(`import ${name} --resource-mapping ${name}-mapping.json`, dir),
      cdkCommand(`drift ${name}`, dir),
      cdkCommand(`deploy ${name} --revert-drift`, dir),
      ...own.flatMap(({ adopts: names, candidate: { actsAs, attached } }) =>
        names.length === 0 || !actsAs
          ? []
          : attached.map(
              (arn) =>
                `aws iam detach-${actsAs.type}-policy --${actsAs.type}-name ${shellWord(actsAs.name)} --policy-arn ${shellWord(arn)}`,
            ),
      ),
    ];
  });
  return [ownCommand('check', dir), ...steps, ownCommand('verify', dir)];
}
