const vm = require('node:vm');
const { TestEnvironment } = require('jest-environment-node');

/**
 * Jest's environment for Node.js, in which all test files of a worker share one context: a context of its own makes each file
 * compile the CDK and this library anew. A file still has its own modules, only their code is compiled once; the price
 * is that globals are shared, so tests put back what they change there.
 */
const SHARED = Symbol('the context of the worker');
const compile = vm.compileFunction;
const compiled = new Map();

vm.compileFunction = (code, parameters, options) => {
  if (!options?.parsingContext?.[SHARED]) return compile(code, parameters, options);
  const { filename } = options;
  const known = compiled.get(filename);
  if (known?.code === code) return known.function;
  const made = compile(code, parameters, { ...options, parsingContext: undefined });
  compiled.set(filename, { code, function: made });
  return made;
};

module.exports = class OneContext extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    this.own = this.global;
    this.global = globalThis;
    this.environment = { ...process.env };
  }

  getVmContext() {
    return { [SHARED]: true };
  }

  async teardown() {
    this.global = this.own;
    await super.teardown();
  }
};
