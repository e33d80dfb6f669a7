import { join } from 'node:path';
import { newUser } from '../servers/accounts';
import { newKey } from '../servers/users';
import type { Sabotage } from './sabotage';

/** Sets the clock of a process back by two hours. */
const LATE = join(__dirname, 'late.js');

/** What is deployed is right, and what the vendor has in hand is not: hand-off, credentials, clock or network. */
export const WRONG_IN_HAND: readonly Sabotage[] = [
  {
    name: 'a wrong external ID in the hand-off',
    of: 'reltio',
    handoff: { externalId: 'X_SFCRole=2_a/c' },
    expected: [['assume', 'denied', 'assume-denied', 'vendor or owner']],
  },
  {
    name: 'a role that is not there',
    of: 'reltio',
    handoff: { roleArn: 'arn:aws:iam::111122223333:role/nobody' },
    expected: [['assume', 'denied', 'assume-denied', 'vendor or owner']],
  },
  {
    name: 'somebody else of the same account',
    of: 'reltio',
    credentials: ({ away }) => newUser(away.id, 'stranger'),
    expected: [['assume', 'denied', 'assume-denied', 'vendor or owner']],
  },
  {
    name: 'no bucket',
    of: 'reltio',
    handoff: { bucket: 'integrations-nobody' },
    expected: [['location', 'error', 'no-bucket', 'owner']],
  },
  {
    name: 'another region in the hand-off',
    of: 'reltio',
    handoff: { region: 'us-west-2' },
    expected: [['location', 'error', 'wrong-region', 'owner']],
  },
  {
    name: 'a key that was taken away',
    of: 'adobe',
    credentials: async () => newKey(),
    expected: [['location', 'error', 'unknown-key', 'vendor or owner']],
  },
  {
    name: "a key of the vendor's own that was deleted",
    of: 'reltio',
    credentials: async () => newKey(),
    expected: [['assume', 'error', 'unknown-key', 'vendor']],
  },
  {
    name: 'a wrong secret',
    of: 'adobe',
    credentials: async (scene) => ({
      ...(await scene.credentialsOf('adobe')),
      secretAccessKey: newKey().secretAccessKey,
    }),
    expected: [['location', 'error', 'wrong-secret', 'vendor']],
  },
  {
    name: 'no credentials',
    of: 'adobe',
    credentials: async () => undefined,
    expected: [['credentials', 'error', 'no-credentials', 'vendor']],
  },
  {
    name: 'a clock that is off',
    of: 'adobe',
    env: { NODE_OPTIONS: `--require "${LATE}"` },
    expected: [['location', 'error', 'clock-off', 'vendor']],
  },
  {
    name: 'no network',
    of: 'reltio',
    env: { AWS_ENDPOINT_URL: 'http://127.0.0.1:1' },
    expected: [['assume', 'error', 'no-network', 'network']],
  },
];
