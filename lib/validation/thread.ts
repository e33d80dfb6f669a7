import { join } from 'node:path';
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { PolicyValidationPluginReport, PolicyValidationStack } from 'aws-cdk-lib/core';

/** A thread that has the rules ready, and validates templates by them while this one does something else. */
export interface ValidationThread {
  /** Begins to validate these. */
  begin(stackTemplates: readonly PolicyValidationStack[]): void;
  /**
   * Waits for the report of what was begun.
   *
   * @returns undefined where the thread failed or did not answer in time, so that the caller must validate itself
   */
  report(): PolicyValidationPluginReport | undefined;
  end(): void;
}

/** Many times what it takes: a thread that ran out of memory never answers. */
const PATIENCE = { start: 60_000, template: 10_000 };

/** Starts a thread that loads the rules of these resource types at once. */
export function validationThread(types: readonly string[]): ValidationThread {
  const { port1, port2 } = new MessageChannel();
  const done = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(join(__dirname, 'worker.js'), {
    workerData: { port: port2, done, types },
    transferList: [port2],
    // ts-node is for this thread only.
    execArgv: [],
    stderr: true,
  });
  // Whatever goes wrong there, the answer is missing here.
  worker.on('error', () => {});
  worker.unref();
  let patience = PATIENCE.start;
  return {
    begin: (stackTemplates) => {
      patience += PATIENCE.template * stackTemplates.length;
      port1.postMessage({ templatePaths: stackTemplates.map(({ templatePath }) => templatePath), stackTemplates });
    },
    report: () => {
      if (Atomics.wait(done, 0, 0, patience) === 'timed-out') return undefined;
      return receiveMessageOnPort(port1)?.message.report;
    },
    end: () => {
      port1.close();
      void worker.terminate();
    },
  };
}
