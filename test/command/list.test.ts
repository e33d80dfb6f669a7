import { inFolder } from '../support/folder';
import { run } from '../support/run';

const OURS = 'arn:aws:iam::444455556666:role/analyst';
const FILES = {
  'settings.yaml': 'ownAccounts: ["444455556666"]\naccount: "111122223333"\nregion: eu-west-1\n',
  'acme/client.yaml': `title: ACME Corporation\ninternal:\n  - {principals: ["${OURS}"]}\n  - {principals: ["${OURS}"], prefix: out/, grant: false, reason: reports}\n`,
  'kohler/client.yaml': '',
  'kohler/tool.yaml': `kind: direct-trust\nprincipals: ["arn:aws:iam::123456789876:role/a"]\ncontact: help@vendor.example\nreviewBy: 2027-05-31\n`,
};

test("our own company's access is listed with its client, and never as an integration", async () => {
  await inFolder(FILES, async (dir) => {
    const { out } = await run('list', '--dir', dir);
    expect(out.split('\n').map((line) => line.replace(/ {2,}/g, ' | '))).toEqual([
      'INTEGRATION | KIND | STATUS | RISK | PREFIX',
      'acme (internal) | internal | granted | - | s3://integrations-acme/',
      'acme (internal) | internal | meant | - | s3://integrations-acme/out/',
      'kohler_tool | direct-trust | active | - | s3://integrations-kohler/tool/',
      '',
    ]);
  });
});

test('the data have the title, who of ours, the contact and the review', async () => {
  await inFolder(FILES, async (dir) => {
    const [acme, kohler] = JSON.parse((await run('list', '--dir', dir, '--json')).out);
    const bucket = 'integrations-acme';
    expect(acme).toMatchObject({ client: 'acme', title: 'ACME Corporation', integrations: [] });
    expect(acme.internal).toEqual([
      { who: [OURS], can: ['list', 'read'], bucket, prefix: '', grant: true, reason: null },
      { who: [OURS], can: ['list', 'read'], bucket, prefix: 'out/', grant: false, reason: 'reports' },
    ]);
    expect(kohler).toMatchObject({ client: 'kohler', internal: [] });
    expect(kohler.title).toBeUndefined();
    expect(kohler.integrations).toEqual([
      expect.objectContaining({ contact: 'help@vendor.example', reviewBy: '2027-05-31', risks: [] }),
    ]);
  });
});
