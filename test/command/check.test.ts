import { inFolder } from '../support/folder';
import { run, runWith } from '../support/run';

const ACCEPT = 'accept:\n  - {code: long-lived-key, reason: no other way}\n';
const files = (accept = '') => ({
  'kohler/client.yaml': '',
  'kohler/adobe.yaml': `kind: access-key\nreason: x\n${accept}`,
});

test('a warning that is accepted is shown as such, counted apart, and no failure', async () => {
  await inFolder(files(ACCEPT), async (dir) => {
    const { exit, out, err } = await run('check', '--dir', dir, '--strict');
    expect([exit, out]).toEqual([0, '1 client, 1 integration: 0 errors, 0 warnings, 1 accepted\n']);
    expect(err).toMatch(/adobe\.yaml:1:7: accepted\[long-lived-key\]: .*\(accepted: no other way\)/);
    const [problem] = JSON.parse((await run('check', '--dir', dir, '--json')).out);
    expect(problem).toMatchObject({ severity: 'accepted', code: 'long-lived-key' });
  });
});

test('one that nobody accepts is a warning', async () => {
  await inFolder(files(), async (dir) => {
    const { exit, out, err } = await run('check', '--dir', dir, '--strict');
    expect([exit, out]).toEqual([1, '1 client, 1 integration: 0 errors, 1 warning\n']);
    expect(err).toContain('warning[long-lived-key]');
  });
});

test('what is accepted is dim', async () => {
  await inFolder(files(ACCEPT), async (dir) => {
    const { out, err } = await runWith({ colors: { out: true, err: true } }, 'check', '--dir', dir);
    // The count itself is as good as none.
    expect(out).toContain('\u001b[32m0 errors, 0 warnings, 1 accepted\u001b[39m');
    expect(err).toContain('\u001b[2maccepted[long-lived-key]\u001b[22m');
  });
});
