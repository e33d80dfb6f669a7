const { existsSync, mkdirSync, readdirSync, rmSync, statfsSync } = require('node:fs');
const { join } = require('node:path');

const MEMORY = '/dev/shm';
const NAME = 'bucket-integrations-tests-';
const NEEDED = 4 * 1024 ** 3;

/**
 * Makes a folder in memory the place of temporary files, where there is room for it: tests write many small files, and
 * disks take ten times as long. It is removed when this process ends, and those of killed ones with the next.
 */
exports.useMemoryFolder = () => {
  if (process.env.TMPDIR || !existsSync(MEMORY)) return;
  const { bavail, bsize } = statfsSync(MEMORY);
  if (bavail * bsize < NEEDED) return;
  for (const folder of readdirSync(MEMORY).filter((name) => name.startsWith(NAME))) {
    if (!runs(Number(folder.slice(NAME.length)))) rmSync(join(MEMORY, folder), { recursive: true, force: true });
  }
  const folder = join(MEMORY, `${NAME}${process.pid}`);
  mkdirSync(folder, { recursive: true });
  process.env.TMPDIR = folder;
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
};

function runs(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
