import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Validations } from 'aws-cdk-lib/core';
import cdkJson from '../../cdk.json';
import { ConfinementChecks, type ConfinementChecksProps } from '../../lib';

/** An app with the checks as its only validation. */
export function checkedApp(props: ConfinementChecksProps = {}): App {
  const app = new App({
    analyticsReporting: false,
    stackTraces: false,
    treeMetadata: false,
    builtinCloudFormationValidation: false,
    context: cdkJson.context,
    outdir: mkdtempSync(join(tmpdir(), 'checked-')),
  });
  Validations.of(app).addPlugins(new ConfinementChecks(props));
  return app;
}

/** What stops a synth of an app, `rule: description` each; nothing where it goes through. */
export function stopped(app: App): readonly string[] {
  const spy = jest.spyOn(console, 'error').mockImplementation(() => {});
  try {
    app.synth();
    return [];
  } catch (error) {
    const [, path] = /(\S+validation-report\.json)/.exec(String(error)) ?? [];
    if (path === undefined) throw error;
    const { pluginReports } = JSON.parse(readFileSync(path, 'utf8')) as Report;
    return pluginReports.flatMap(({ violations }) =>
      violations.map(({ ruleName, description }) => `${ruleName.replace(/\[.*/, '')}: ${description}`),
    );
  } finally {
    spy.mockRestore();
    rmSync(app.outdir, { recursive: true, force: true });
  }
}

/** The ids of what the checks find in an app, whether it is acknowledged or not, and what they say of it. */
export function reportedIn(app: App): { readonly ids: readonly string[]; readonly said: readonly string[] } {
  const said: string[] = [];
  const spies = [
    jest.spyOn(console, 'error').mockImplementation((text) => void said.push(String(text))),
    jest.spyOn(process.stderr, 'write').mockImplementation((text) => Boolean(said.push(String(text)))),
  ];
  try {
    app.synth();
    return { ids: [], said };
  } catch (error) {
    const [, path] = /(\S+validation-report\.json)/.exec(String(error)) ?? [];
    if (path === undefined) throw error;
    const { pluginReports } = JSON.parse(readFileSync(path, 'utf8')) as Report;
    const all = pluginReports.flatMap(({ violations }) => violations);
    return { ids: all.map(({ ruleName }) => ruleName), said: [...said, ...all.map(({ description }) => description)] };
  } finally {
    for (const spy of spies) spy.mockRestore();
    rmSync(app.outdir, { recursive: true, force: true });
  }
}

interface Report {
  readonly pluginReports: readonly {
    readonly violations: readonly { readonly ruleName: string; readonly description: string }[];
  }[];
}
