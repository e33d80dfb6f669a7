/**
 * A test runner for Stryker that meets a mutant in a fraction of the time that Jest needs, for tests that are pure: it loads
 * them and what they test anew for each mutant, in its own process, and stops at the first that fails. It knows `test`,
 * `describe`, `each`, `expect` and `jest.spyOn`, and nothing else of Jest.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { compileFunction } from 'node:vm';
import { declareFactoryPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import { transformSync } from '@swc/core';
import { expect } from 'expect';

const SWC = { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } };

/** Loads TypeScript of the sandbox, each file compiled once and run as often as it is asked for. */
class Loader {
  compiled = new Map();
  loaded = new Map();

  forget() {
    this.loaded.clear();
  }

  load(file) {
    const known = this.loaded.get(file);
    if (known) return known.exports;
    const module = { exports: {} };
    this.loaded.set(file, module);
    this.functionOf(file)(module.exports, this.requireOf(file), module, dirname(file));
    return module.exports;
  }

  functionOf(file) {
    let made = this.compiled.get(file);
    if (!made) {
      const { code } = transformSync(readFileSync(file, 'utf8'), { ...SWC, filename: file });
      made = compileFunction(code, ['exports', 'require', 'module', '__dirname'], { filename: file });
      this.compiled.set(file, made);
    }
    return made;
  }

  requireOf(file) {
    const others = createRequire(file);
    return (name) => {
      if (!name.startsWith('.')) return others(name);
      const path = resolve(dirname(file), name);
      const found = [`${path}.ts`, join(path, 'index.ts')].find((each) => existsSync(each));
      return found ? this.load(found) : others(name);
    };
  }
}

/** The tests that files declare, in order. */
function declared(loader, files) {
  const tests = [];
  const around = [];
  const declareTest = (file) => (name, run) => {
    const id = `${tests.length} ${[file, ...around, name].join(' > ')}`;
    tests.push({ id, name: id, run });
  };
  const describe = (name, body) => {
    around.push(name);
    body();
    around.pop();
  };
  const withEach = (declare) => {
    declare.each = (rows) => (name, body) => {
      rows.forEach((row, at) => {
        const values = Array.isArray(row) ? row : [row];
        declare(`${name} ${at}`, () => body(...values));
      });
    };
    return declare;
  };
  for (const file of files) {
    Object.assign(globalThis, {
      test: withEach(declareTest(file)),
      describe: withEach(describe),
      expect,
      jest: { spyOn },
    });
    loader.load(resolve(file));
  }
  return tests;
}

/** Another function in the place of a method, until it is restored. */
function spyOn(object, name) {
  const original = object[name];
  const spy = { mock: { calls: [] }, mockRestore: () => Object.assign(object, { [name]: original }) };
  spy.mockImplementation = (instead) => {
    object[name] = (...given) => {
      spy.mock.calls.push(given);
      return instead(...given);
    };
    return spy;
  };
  return spy;
}

class InProcessRunner {
  loader = new Loader();
  files = (process.env.MUTATION_TESTS ?? '').split(',').map((name) => `test/${name}.test.ts`);

  capabilities() {
    return { reloadEnvironment: true };
  }

  async dryRun() {
    const state = stryker();
    state.mutantCoverage = { static: {}, perTest: {} };
    const { results } = await this.run({ disableBail: true });
    const { mutantCoverage } = state;
    state.mutantCoverage = undefined;
    return { status: 'complete', tests: results, mutantCoverage };
  }

  async mutantRun({ activeMutant, mutantActivation, testFilter, hitLimit, disableBail }) {
    const state = stryker();
    Object.assign(state, { hitLimit, hitCount: hitLimit === undefined ? undefined : 0 });
    const { results } = await this.run({ testFilter, disableBail, activeMutant: activeMutant.id, mutantActivation });
    const nrOfTests = results.length;
    if (hitLimit !== undefined && state.hitCount > hitLimit) return { status: 'timeout', reason: 'hit limit reached' };
    const failed = results.filter(({ status }) => status === 1);
    if (failed.length === 0) return { status: 'survived', nrOfTests };
    return {
      status: 'killed',
      killedBy: failed.map(({ id }) => id),
      failureMessage: failed[0].failureMessage,
      nrOfTests,
    };
  }

  async run({ testFilter, disableBail, activeMutant, mutantActivation }) {
    const state = stryker();
    const results = [];
    this.loader.forget();
    state.activeMutant = mutantActivation === 'static' ? activeMutant : undefined;
    let tests;
    try {
      tests = declared(this.loader, this.files);
    } catch (error) {
      return { results: [{ id: 'load', name: 'load', timeSpentMs: 0, status: 1, failureMessage: String(error) }] };
    }
    state.activeMutant = activeMutant;
    const wanted = testFilter && new Set(testFilter);
    for (const { id, name, run } of tests) {
      if (wanted && !wanted.has(id)) continue;
      const started = performance.now();
      const result = { id, name, status: 0 };
      state.currentTestId = id;
      try {
        await run();
      } catch (error) {
        Object.assign(result, { status: 1, failureMessage: String(error?.stack ?? error) });
      }
      state.currentTestId = undefined;
      results.push({ ...result, timeSpentMs: performance.now() - started });
      if (result.status === 1 && !disableBail) break;
    }
    state.activeMutant = undefined;
    return { results };
  }
}

/** Where instrumented code looks for the mutant that is active. */
function stryker() {
  globalThis.__stryker__ ??= {};
  return globalThis.__stryker__;
}

export const strykerPlugins = [declareFactoryPlugin(PluginKind.TestRunner, 'in-process', () => new InProcessRunner())];
