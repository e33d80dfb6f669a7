// The least that any app must do: the templates of BENCH_DATA, a folder, are values, and become files again.
const { mkdirSync, readdirSync, readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const { BENCH_DATA: from, CDK_OUTDIR: to } = process.env;
mkdirSync(to, { recursive: true });
for (const file of readdirSync(from).filter((name) => name.endsWith('.template.json'))) {
  const template = JSON.parse(readFileSync(join(from, file), 'utf8'));
  writeFileSync(join(to, file), JSON.stringify(template, undefined, 1));
}
