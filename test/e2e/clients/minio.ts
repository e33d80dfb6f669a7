import type { Client, Place } from './client';

const quoted = ({ bucket, prefix }: Place, key = '') => `'${bucket}', '${prefix}${key}'`;

/** @see https://github.com/minio/minio-js/blob/master/docs/API.md */
export const minio: Client = {
  name: "minio's library for JavaScript",
  release: '8',
  version: `node -p "require('minio/package.json').version"`,
  file: 'minio.json',
  configuration: ({ region, accessKeyId, secretAccessKey }) =>
    JSON.stringify(
      { endPoint: `s3.${region}.amazonaws.com`, region, accessKey: accessKeyId, secretKey: secretAccessKey },
      null,
      2,
    ),
  remark: '`new Minio.Client(…)` takes these options.',
  options: [],
  operations: [
    {
      to: 'list',
      type: ({ bucket, prefix }) =>
        `for await (const { name } of client.listObjectsV2('${bucket}', '${prefix}', true)) console.log(name)`,
      needs: { list: 's3:ListBucket' },
      note: 'the prefix is needed',
    },
    {
      to: 'put a file',
      type: (place) => `await client.fPutObject(${quoted(place, 'file.txt')}, 'file.txt')`,
      needs: { write: 's3:PutObject' },
      makes: { keys: ['file.txt'] },
    },
    {
      to: 'get a file',
      type: (place) => `await client.fGetObject(${quoted(place, 'report.txt')}, 'report.txt')`,
      needs: { read: 's3:GetObject' },
      makes: { files: ['report.txt'] },
    },
    {
      to: 'delete a file',
      type: (place) => `await client.removeObject(${quoted(place, 'report.txt')})`,
      needs: { delete: 's3:DeleteObject' },
      removes: ['report.txt'],
    },
    {
      to: 'ask whether the bucket is there',
      type: ({ bucket }) => `await client.bucketExists('${bucket}')`,
      needs: { 'root-list': 's3:ListBucket' },
      note: 'leave the question out: the bucket is there',
    },
  ],
  command: (typed) => `node -e "
const Minio = require('minio');
const options = JSON.parse(require('fs').readFileSync(process.env.HOME + '/minio.json'));
const client = new Minio.Client({ ...options, ...JSON.parse(process.env.STAND_IN) });
(async () => { ${typed} })().catch((error) => { console.error(error.message, error.code); process.exitCode = 1; });"`,
  standIn: (url) => {
    const { hostname, port } = new URL(url);
    return {
      env: { STAND_IN: JSON.stringify({ endPoint: hostname, port: Number(port), useSSL: false, pathStyle: true }) },
    };
  },
  reaches: (place) => [
    `for await (const { name } of client.listObjectsV2(${quoted(place)}, true)) console.log(name)`,
    `await client.fGetObject(${quoted(place, 'report.txt')}, 'reached.txt')`,
    `await client.fPutObject(${quoted(place, 'report.txt')}, 'file.txt')`,
    `await client.removeObject(${quoted(place, 'report.txt')})`,
  ],
};
