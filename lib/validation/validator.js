// Validates templates in a thread of its own, so that loading the rules goes on while the app makes its constructs.
const { join } = require('node:path');
const v8 = require('node:v8');
const { parentPort } = require('node:worker_threads');

// Nearly all of the engine runs once: compiling it anew for speed costs more than it saves, but where there is much to do.
v8.setFlagsFromString('--wasm-tiering-budget=130000000');

const { CloudFormationValidatePlugin } = require('aws-cdk-lib/core');

const plugin = new CloudFormationValidatePlugin();

parentPort.on('message', (context) => parentPort.postMessage({ report: plugin.validate(context) }));

// The rules of a resource type are loaded where the first template has one: this one has all of this library's.
const templatePath = join(__dirname, 'warm-up.template.json');
plugin.validate({ templatePaths: [templatePath], stackTemplates: [{ stackConstructPath: 'x', templatePath }] });
