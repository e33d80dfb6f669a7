import { CloudFormationValidatePlugin } from 'aws-cdk-lib/core';

interface Loading {
  engine: unknown;
  initializeEngine(types: ReadonlySet<string>): unknown;
}

/**
 * From here on the plugins of this process have one engine in common for the resource types that it was made for: each plugin
 * would load the rules anew, which takes three seconds.
 */
export function shareValidationEngines(): void {
  const prototype = CloudFormationValidatePlugin.prototype as unknown as Loading;
  const load = prototype.initializeEngine;
  const engines: { readonly types: ReadonlySet<string>; readonly engine: unknown }[] = [];
  prototype.initializeEngine = function (types) {
    const known = engines.find((one) => [...types].every((type) => one.types.has(type)));
    if (known) return known.engine;
    // A plugin frees the engine that it had before.
    this.engine = undefined;
    const engine = load.call(this, types);
    engines.push({ types, engine });
    return engine;
  };
}
