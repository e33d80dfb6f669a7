import type { Client, Integration } from '../../lib/definitions/model/model';
import type { Profile } from '../../lib/definitions/profiles/profile';
import { handoffOf } from '../../lib/handoff/handoff';
import type { Handoff } from '../../lib/handoff/model';
import { readSetup } from '../../lib/rules/setup-information';
import { resolved } from './resolve';
import type { Template } from './synth';

/** An integration's hand-off before its deployment, and after: as the outputs of its stack say. */
export function handedOff(
  client: Client,
  integration: Integration,
  profile: Profile,
  template: Template,
): { readonly before: Handoff; readonly after: Handoff } {
  const setups = Object.values(resolved(template).Outputs).map(({ Value }) => readSetup(JSON.parse(String(Value))));
  const setup = setups.find((each) => 'integration' in each && each.integration === integration.name);
  if (!setup || 'wrong' in setup) throw new Error(`${integration.name}: ${JSON.stringify(setup)}`);
  return {
    before: handoffOf(client, integration, profile, undefined),
    after: handoffOf(client, integration, profile, setup),
  };
}
