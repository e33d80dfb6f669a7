// Validates templates in a thread of its own, so that loading the rules goes on while the app makes its constructs.
const { mkdtempSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const v8 = require('node:v8');
const { workerData } = require('node:worker_threads');

// Nearly all of the engine runs once: compiling it anew for speed costs more than it saves, but where there is much to do.
v8.setFlagsFromString('--wasm-tiering-budget=130000000');

const { CloudFormationValidatePlugin } = require('aws-cdk-lib/core');

const { port, done, types } = workerData;
const plugin = new CloudFormationValidatePlugin();

/** The rules of a resource type are loaded where the first template has one. */
function warmUp() {
  const folder = mkdtempSync(join(tmpdir(), 'rules-'));
  try {
    const templatePath = join(folder, 'template.json');
    writeFileSync(
      templatePath,
      JSON.stringify({ Resources: Object.fromEntries(types.map((Type) => [name(Type), { Type }])) }),
    );
    plugin.validate({ templatePaths: [templatePath], stackTemplates: [{ stackConstructPath: 'x', templatePath }] });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function name(type) {
  return type.replaceAll(':', '');
}

port.on('message', (context) => {
  let answer;
  try {
    answer = { report: plugin.validate(context) };
  } catch (error) {
    answer = { failed: String(error) };
  }
  port.postMessage(answer);
  Atomics.store(done, 0, 1);
  Atomics.notify(done, 0);
});

warmUp();
