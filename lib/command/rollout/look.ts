import { type Found, type Place, placesOf } from '../../deploy/account-stacks';
import { contextOfApp } from '../deployment/app-context';
import { Failure, NoAws } from '../host/failure';
import type { Host } from '../host/host';
import { watched } from '../terminal/progress';

/** What was seen of accounts. */
export interface Looked {
  readonly found: Found;
  /** Why other places were not seen, once each. */
  readonly refusals: readonly string[];
  /** Why AWS could not be asked at all. */
  readonly noAws?: string;
}

/**
 * Looks which stacks there are at some places, as far as the credentials reach.
 * @param perhaps further places, at which nothing need be: the CDK may never have been bootstrapped there
 */
export async function lookAt(places: readonly Place[], perhaps: readonly Place[], host: Host): Promise<Looked> {
  const qualifier = qualifierIn(contextOfApp());
  const asked = placesOf(places, perhaps).map((place) => seen(place, qualifier, host));
  const answers = await watched('asking CloudFormation', host, Promise.all(asked));
  const all = answers.slice(0, placesOf(places).length);
  return {
    found: answers.flatMap((each) => ('at' in each ? [each] : [])),
    refusals: [...new Set(all.flatMap((each) => ('refusal' in each ? [each.refusal] : [])))],
    noAws: all.flatMap((each) => ('noAws' in each ? [each.noAws] : []))[0],
  };
}

async function seen(
  place: Place,
  qualifier: string,
  host: Host,
): Promise<Found[number] | { refusal: string } | { noAws: string }> {
  try {
    return { place, at: await host.aws.stacks(place, qualifier) };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return error instanceof NoAws ? { noAws: error.message } : { refusal: error.message };
  }
}

/** @see https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-customizing.html */
function qualifierIn(context: Readonly<Record<string, unknown>>): string {
  const said = context['@aws-cdk/core:bootstrapQualifier'];
  return typeof said === 'string' && /^[a-z0-9]{1,10}$/.test(said) ? said : 'hnb659fds';
}
