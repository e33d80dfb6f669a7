import { Exit, Failure } from '../host/failure';
import type { Git } from '../host/git';
import { differingFiles } from './differing-files';

/** What a deployment that is recorded began with. */
export interface Start {
  /** The ref that names what was deployed last. */
  readonly record: string;
  /** The commit that is deployed: what was checked out when it began. */
  readonly commit: string;
  /** What the ref named then; undefined where it was not there. */
  readonly before?: string;
}

/** Reads what is to be deployed, and what was, before anything else is read. */
export async function startOf(dir: string, record: string, git: Git): Promise<Start> {
  await checkRecord(dir, record, git);
  const [commit, before] = [await idOf(dir, 'HEAD', git), await idOf(dir, record, git)];
  if (commit === undefined)
    throw new Failure(
      'uncommitted',
      `there is no commit yet, and ${record} can record only committed files`,
      'commit them first',
    );
  return { record, commit, before };
}

/** A record is moved by every deployment, so it must be nobody's branch or tag. */
export async function checkRecord(dir: string, record: string, git: Git): Promise<void> {
  const { status } = await git(dir, ['check-ref-format', record]);
  if (status === 0 && /^refs\/(?!heads\/|tags\/|remotes\/)/.test(record)) return;
  const how = 'name one that is neither branch nor tag, for example refs/deployed/production';
  throw new Failure('bad-record', `${JSON.stringify(record)} cannot record what was deployed`, how, {
    exit: Exit.USAGE,
  });
}

/** The first of the files that are not as the commit has them, in words; undefined where all are. */
export async function uncommitted(dir: string, { commit }: Start, git: Git): Promise<string | undefined> {
  const { definitions, app } = await differingFiles(dir, commit, git);
  const [first, ...others] = [...definitions, ...app];
  return first && `${first}${others.length === 0 ? '' : ` and ${others.length} more`}`;
}

/**
 * Records what was deployed.
 * @throws Failure where the ref is no longer what it was at the start
 */
export async function moveRecord(dir: string, { record, commit, before }: Start, git: Git): Promise<void> {
  const was = before ?? '0'.repeat(commit.length);
  const { status, stderr } = await git(dir, ['update-ref', record, commit, was]);
  if (status === 0) return;
  const now = await idOf(dir, record, git);
  const said = stderr.trim().replace(/\s+/g, ' ');
  throw new Failure(
    'record-failed',
    now === before
      ? `everything is deployed, but ${record} cannot be moved: git says ${said}`
      : `everything is deployed, but another deployment moved ${record} meanwhile, so this one did not`,
    now === before ? `move it manually: git update-ref ${record} ${commit}` : 'run this again',
  );
}

async function idOf(dir: string, name: string, git: Git): Promise<string | undefined> {
  const { status, stdout } = await git(dir, ['rev-parse', '--verify', '--quiet', name]);
  const id = stdout.toString().trim();
  return status === 0 && /^[0-9a-f]{40,64}$/.test(id) ? id : undefined;
}
