import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { answersHttp, freePorts, type Processes } from './processes';
import type { StandIns } from './stand-ins';

/** An access key. */
export interface Key {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** A running Ceph object gateway. */
export interface Ceph {
  readonly port: number;
  /** Of whoever may make and remove users. */
  readonly operator: Key;
}

/**
 * Starts one monitor, one object store in memory and the gateway, without a manager and without authentication among
 * themselves. The map of the object store is made beforehand, so that Ceph's Python tools are not needed.
 *
 * @see https://docs.ceph.com/en/pacific/radosgw/STS/
 */
export async function startCeph(dir: string, { env, libraries }: StandIns, processes: Processes): Promise<Ceph> {
  const [monitorPort = 0, port = 0] = await freePorts(2);
  const fsid = randomUUID();
  const conf = join(dir, 'ceph.conf');
  for (const name of ['monitor', 'store', 'gateway']) mkdirSync(join(dir, name));
  writeFileSync(conf, configuration({ dir, fsid, monitorPort, port, libraries }));
  const cephEnv = { ...env, CEPH_CONF: conf };
  const run = (...command: [string, ...string[]]) => processes.run(command, cephEnv);

  await run('monmaptool', '--create', '--addv', 'a', `[v2:127.0.0.1:${monitorPort}]`, '--fsid', fsid, 'monmap');
  await run('osdmaptool', '--createsimple', '1', 'osdmap');
  await run('ceph-mon', '-i', 'a', '--mkfs', '--monmap', 'monmap', '--osdmap', 'osdmap');
  await run('ceph-osd', '-i', '0', '--mkfs', '--no-mon-config', '--osd-uuid', randomUUID());
  await processes.serve('Ceph monitor', ['ceph-mon', '-i', 'a', '-f'], cephEnv, () => listens(monitorPort));
  await processes.serve('Ceph object store', ['ceph-osd', '-i', '0', '-f'], cephEnv);
  const operator: Key = { accessKeyId: 'OPERATOR', secretAccessKey: randomUUID() };
  const keys = ['--access-key', operator.accessKeyId, '--secret-key', operator.secretAccessKey];
  const caps = ['--caps', 'users=*;metadata=*'];
  // The first command waits for the object store and makes what the gateway keeps there.
  await run('radosgw-admin', 'user', 'create', '--uid', 'operator', '--display-name', 'operator', ...keys, ...caps);
  const group = JSON.parse(await run('radosgw-admin', 'zonegroup', 'get'));
  writeFileSync(join(dir, 'zonegroup.json'), JSON.stringify({ ...group, api_name: REGION }));
  await run('radosgw-admin', 'zonegroup', 'set', '--infile', 'zonegroup.json');
  await processes.serve('Ceph gateway', ['radosgw', '-n', 'client.gateway', '-f'], cephEnv, () =>
    answersHttp(`http://127.0.0.1:${port}/`),
  );
  return { port, operator };
}

/** The one region that the gateway has. */
export const REGION = 'eu-west-1';

interface Places {
  readonly dir: string;
  readonly fsid: string;
  readonly monitorPort: number;
  readonly port: number;
  readonly libraries: string;
}

/**
 * Beside what makes a cluster of one: nothing gives up on a neighbour that a stalled processor holds back. Keys are looked
 * up before sessions, or a key that is not there would be any other denial.
 */
function configuration({ dir, fsid, monitorPort, port, libraries }: Places): string {
  return `[global]
fsid = ${fsid}
mon host = v2:127.0.0.1:${monitorPort}
public addr = 127.0.0.1
cluster addr = 127.0.0.1
auth cluster required = none
auth service required = none
auth client required = none
auth allow insecure global id reclaim = true
ms mon client mode = crc
run dir = ${dir}
admin socket =
log file = ${dir}/$name.log
mon cluster log file = ${dir}/cluster.log
plugin dir = ${libraries}/ceph
erasure code dir = ${libraries}/ceph/erasure-code
osd class dir = ${libraries}/rados-classes
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 4
osd pool default pgp num = 4
osd pool default pg autoscale mode = off
osd pool default read lease ratio = 1
osd crush chooseleaf type = 0
osd heartbeat grace = 1000000
osd op thread suicide timeout = 0
mon osd report timeout = 1000000
mon allow pool size one = true
mon max pg per osd = 1000
mon data avail crit = 1
paxos propose interval = 0.05
paxos min wait = 0.01
rgw num control oids = 1
rgw rados pool pg num min = 4
rgw s3 auth use sts = true
rgw s3 auth order = local, sts
rgw sts key = ${fsid.replaceAll('-', '').slice(0, 16)}
rgw trust forwarded https = true
rgw remote addr param = HTTP_X_FORWARDED_FOR
rgw enable apis = s3, admin, sts, iam
rgw enable usage log = false

[mon.a]
mon data = ${dir}/monitor

[osd.0]
osd data = ${dir}/store
osd objectstore = memstore

[client.gateway]
rgw data = ${dir}/gateway
rgw frontends = beast endpoint=127.0.0.1:${port}
`;
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const done = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => done(true)).once('error', () => done(false));
  });
}
