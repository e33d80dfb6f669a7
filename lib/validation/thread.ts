import { join } from 'node:path';
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { PolicyValidationPluginReport, PolicyValidationStack } from 'aws-cdk-lib/core';

/** A thread that has the rules ready, and validates templates by them while this one does something else. */
export interface ValidationThread {
  /** Begins to validate these. */
  begin(stackTemplates: readonly PolicyValidationStack[]): void;
  /** Waits for what comes of it, but not for a thread that has ended. */
  answer(): ThreadAnswer;
  end(): void;
}

/** The report, or why there is none, so that the caller must validate itself. */
export type ThreadAnswer = { readonly report: PolicyValidationPluginReport } | { readonly failed: string };

/** Many times what it takes. A thread that ends is noticed at once; this is for one that never does. */
const PATIENCE = { start: 60_000, template: 10_000 };

/** Starts a thread that loads the rules at once. */
export function validationThread(validator = join(__dirname, 'validator.js')): ValidationThread {
  const { port1, port2 } = new MessageChannel();
  const done = new Int32Array(new SharedArrayBuffer(4));
  const supervisor = new Worker(join(__dirname, 'supervisor.js'), {
    workerData: { port: port2, done, validator },
    transferList: [port2],
    // ts-node is for this thread only.
    execArgv: [],
    stderr: true,
  });
  // It answers nothing, and nobody is told twice.
  supervisor.on('error', () => {});
  supervisor.unref();
  let patience = PATIENCE.start;
  return {
    begin: (stackTemplates) => {
      patience += PATIENCE.template * stackTemplates.length;
      port1.postMessage({ templatePaths: stackTemplates.map(({ templatePath }) => templatePath), stackTemplates });
    },
    answer: () => {
      Atomics.wait(done, 0, 0, patience);
      return receiveMessageOnPort(port1)?.message ?? { failed: `no answer in ${patience / 1000} s` };
    },
    end: () => {
      port1.close();
      void supervisor.terminate();
    },
  };
}
