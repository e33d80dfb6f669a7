import type { IPolicyValidationPlugin } from 'aws-cdk-lib/core';
import { version as cdkVersion } from 'aws-cdk-lib/package.json';
import type { NagPack } from 'cdk-nag';
import { version as nagVersion } from 'cdk-nag/package.json';
import { version as ownVersion } from '../../package.json';
import { RememberingNag } from './nag';
import { passCache } from './pass-cache';
import { Subjects } from './subject';
import { RememberingTemplateValidation } from './templates';
import { validationThread } from './thread';

/** How an app has its templates validated. */
export interface ValidationOptions {
  /** Where it is kept what passed; nothing is kept where no folder is given. */
  readonly folder?: string;
  /** Whether the CDK's template validation runs in a thread beside cdk-nag; by default it does not. */
  readonly parallel?: boolean;
  /** Whether the CDK's template validation runs at all, as `CDK_VALIDATION` and the app's properties have it. */
  readonly templates: boolean;
  /** Receives a line where something is not validated again, or where the thread failed. */
  readonly say: (line: string) => void;
}

/** Plugins, and which of them come before others of the app and which after. */
export interface ValidationPlugins {
  readonly before: readonly IPolicyValidationPlugin[];
  readonly after: readonly IPolicyValidationPlugin[];
}

/**
 * The plugins that validate templates by a cdk-nag pack and by the CDK's own rules. What passed by both, and is the same
 * byte for byte, is not validated again until one of their versions changes; a line says of how many templates that is
 * so. What is found is never kept: it is found again. Whatever stands between the two lists runs while templates are
 * validated in a thread.
 */
export function validationPlugins(pack: NagPack, options: ValidationOptions): ValidationPlugins {
  const { folder, parallel = false, templates, say } = options;
  const versions = [ownVersion, cdkVersion];
  const subjects = new Subjects();
  const nag = new RememberingNag(pack, passCache(folder, [...versions, pack.name, nagVersion]), subjects, say);
  if (!templates) return { before: [], after: [nag] };
  const passed = passCache(folder, [...versions, 'templates']);
  // Where most has passed before, loading the rules twice would cost more than it saves.
  const thread = parallel && !passed.any ? validationThread() : undefined;
  const validation = new RememberingTemplateValidation(passed, subjects, thread, say);
  return { before: [validation.beginning()], after: [nag, validation] };
}
