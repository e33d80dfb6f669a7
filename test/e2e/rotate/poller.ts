import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import type { Key } from '../servers/ceph';
import { clientsOf } from '../servers/clients';

/** A vendor that never stops: it puts an object and gets it again with the key that it has, one request after the other. */
export class Poller {
  /** How many rounds went well. */
  rounds = 0;
  /** What went wrong. */
  readonly failures: string[] = [];
  private stopped = false;
  private readonly running: Promise<void>;

  /**
   * @param key the key that the vendor has when it is asked
   * @param used told of every key that worked
   */
  constructor(
    private readonly place: { readonly bucket: string; readonly prefix: string },
    private readonly key: () => Key,
    private readonly used: (accessKeyId: string) => void,
  ) {
    this.running = this.run();
  }

  /** Waits until some more rounds are over, so that one of them began after the call; not for a vendor that has stopped. */
  async goesOn(rounds = 3, seconds = 30): Promise<void> {
    const [until, deadline] = [this.rounds + rounds, Date.now() + seconds * 1000];
    while (!this.stopped && this.rounds < until && this.failures.length === 0) {
      if (Date.now() > deadline) throw new Error(`the vendor did no ${rounds} rounds in ${seconds} seconds`);
      await new Promise((resolve) => setImmediate(resolve));
    }
    if (this.failures.length > 0) throw new Error(this.failures.join('\n'));
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      const key = this.key();
      try {
        await works(key, this.place, `round ${this.rounds}`);
        this.used(key.accessKeyId);
        this.rounds += 1;
      } catch (error) {
        this.failures.push(`${key.accessKeyId} in round ${this.rounds}: ${(error as Error).name}`);
        this.rounds += 1;
      }
    }
  }
}

/** Puts an object and gets it again. */
export async function works(key: Key, place: { bucket: string; prefix: string }, text = 'hello'): Promise<void> {
  const { s3 } = clientsOf(key);
  const object = { Bucket: place.bucket, Key: `${place.prefix}${key.accessKeyId}` };
  await s3.send(new PutObjectCommand({ ...object, Body: text }));
  const { Body } = await s3.send(new GetObjectCommand(object));
  const got = await Body?.transformToString();
  if (got !== text) throw new Error(`got ${got} where ${text} was put`);
}
