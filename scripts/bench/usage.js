// Loaded first into every process that is measured: what it used is written where BENCH_USAGE says.
const { writeFileSync } = require('node:fs');

process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const cpu = (userCPUTime + systemCPUTime) / 1e6;
  writeFileSync(
    process.env.BENCH_USAGE,
    JSON.stringify({ cpu, wall: performance.now() / 1000, memory: maxRSS / 1024 }),
  );
});
