import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { artifact } from './packed';

export default function unpack(): void {
  if (process.env.RELEASE === undefined) rmSync(dirname(artifact()), { recursive: true });
}
