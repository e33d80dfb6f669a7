import { type Told, testConnection, wrong } from './connection/command';
import { SABOTAGES } from './connection/sabotages';
import { NAMES, Scene } from './connection/scene';

/** The command itself, as a process, against right deployments and sabotaged ones: it must name each cause. */

let scene: Scene;

beforeAll(async () => {
  scene = await Scene.open();
});

describe('a right deployment', () => {
  test.each(NAMES)('%s is found right, and nothing is left but what can not be removed', async (name) => {
    const deployed = await scene.deploy();
    await scene.stock();
    const before = await scene.litter();
    const handoff = await scene.handoffOf(name, deployed);
    const { exit, out } = await testConnection(handoff, await scene.credentialsOf(name), ['--json']);
    const { ok, steps } = JSON.parse(out);
    expect(wrong(steps)).toEqual([]);
    expect([exit, ok]).toEqual([0, true]);
    expect(steps.length).toBeGreaterThan(8);
    const left = (await scene.litter()).filter((one) => !before.includes(one));
    expect(left.filter((one) => !one.startsWith(name === 'named' ? 'data/in/' : `${name}/`))).toEqual([]);
    const granted =
      (...steps: string[]) =>
      (step: Told) =>
        step.expected === 'works' && steps.includes(step.step);
    // Objects stay where they may not be deleted, versions of them where those may not.
    if (steps.some(granted('delete')) || !steps.some(granted('put')))
      expect(left.filter((one) => one.includes(' true object '))).toEqual([]);
    if (steps.some(granted('delete-version')) || !steps.some(granted('put'))) expect(left).toEqual([]);
  });

  test('is told line by line', async () => {
    const handoff = await scene.handoffOf('reltio', await scene.deploy());
    const { exit, out } = await testConnection(handoff, scene.vendor);
    expect(exit).toBe(0);
    const same = out.replace(/[0-9a-f]{12}/g, (id) => (id === scene.home.id ? 'ACCOUNT' : 'RANDOM'));
    expect(same.trimEnd().split('\n')).toMatchSnapshot();
  });
});

describe('a sabotaged one', () => {
  test.each(SABOTAGES)(
    '$name',
    async ({ of, edits, spoil, byHand, handoff, credentials, argv = [], env, expected }) => {
      // The hand-off is of what was right before.
      const whole = { ...(await scene.handoffOf(of, await scene.deploy())), ...handoff };
      const whose = await (credentials ? credentials(scene) : scene.credentialsOf(of));
      await scene.stock();
      await scene.deploy({ edits, spoil });
      const undo = await byHand?.(scene);
      const before = await scene.litter();
      const { exit, out } = await testConnection(whole, whose, ['--json', ...argv], env);
      await undo?.();
      const { ok, steps } = JSON.parse(out);
      expect(wrong(steps)).toEqual(expected);
      expect([exit, ok]).toEqual([1, false]);
      // Whatever worked outside the prefix, nothing that a list shows is left there.
      const left = (await scene.litter()).filter((one) => !before.includes(one) && one.includes(' true object '));
      expect(left.filter((one) => !one.startsWith(of === 'named' ? 'data/in/' : `${of}/`))).toEqual([]);
    },
  );
});
