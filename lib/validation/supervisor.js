// Watches the thread that validates. The thread that waits for the answer is blocked and sees no thread end; this one
// sees it at once, whatever ended it, and answers in its place.
const { Worker, workerData } = require('node:worker_threads');

const { port, done, validator } = workerData;

/** The first answer counts. */
function answer(message) {
  port.postMessage(message);
  Atomics.store(done, 0, 1);
  Atomics.notify(done, 0);
}

try {
  const worker = new Worker(validator, { stderr: true });
  worker.on('message', answer);
  worker.on('error', (error) => answer({ failed: String(error) }));
  worker.on('exit', (code) => answer({ failed: `it ended with ${code}` }));
  port.on('message', (context) => worker.postMessage(context));
} catch (error) {
  answer({ failed: String(error) });
}
