import type { Problem } from '../definitions/yaml/problem';
import { Capability, canonicalPrefix, checkPrefix } from '../rules/confinement';
import type { Finding } from '../rules/finding';
import { checkBucketName, checkName } from '../rules/names';
import { checkPrincipal } from '../rules/principal';
import { checkDate } from '../rules/restrictions';
import { checkExternalId } from '../rules/trust';
import { either } from '../text/list';
import { quote } from '../text/quote';
import { ACCESS, FIELDS, type FieldId, NO, YES } from './form';
import type { Answer, Issue, Spot } from './issue';

/** What an issue asks for, as far as it is said and right. */
export interface AccessRequest {
  readonly client?: string;
  readonly vendor?: string;
  readonly description?: string;
  readonly inAws?: boolean;
  readonly assumesRoles?: boolean;
  readonly certificate?: boolean;
  readonly token?: boolean;
  readonly principal?: readonly string[];
  readonly externalId?: string;
  readonly reason?: string;
  readonly access?: readonly Capability[];
  readonly prefix?: string;
  readonly bucket?: string;
  readonly owner?: string;
  /** `YYYY-MM-DD`. */
  readonly expires?: string;
}

/** The key of a request that each field answers. */
export const KEYS: Readonly<Record<FieldId, keyof AccessRequest>> = {
  client: 'client',
  vendor: 'vendor',
  purpose: 'description',
  'in-aws': 'inAws',
  'assumes-roles': 'assumesRoles',
  principals: 'principal',
  'external-id': 'externalId',
  certificate: 'certificate',
  token: 'token',
  reason: 'reason',
  access: 'access',
  prefix: 'prefix',
  bucket: 'bucket',
  owner: 'owner',
  until: 'expires',
};

/**
 * What an issue asks for, and everything that is wrong with it.
 *
 * @param file how the issue is called in problems
 * @param today as `YYYY-MM-DD`
 * @param told what is known from elsewhere, and so need not be asked
 * @returns also the fields whose answers are wrong: of them, no more is to be said
 */
export function requestOf(
  issue: Issue,
  file: string,
  today: string,
  told: ReadonlySet<keyof AccessRequest>,
): { request: AccessRequest; problems: Problem[]; wrong: ReadonlySet<FieldId> } {
  if (issue.answers.size === 0) return { request: {}, problems: [...issue.problems], wrong: new Set() };
  const reader = new Reader(issue, file, told);
  const vendor = reader.text('vendor', (value) => (value === 'client' ? [RESERVED] : checkName('vendor', value)));
  const request: AccessRequest = {
    client: reader.text('client', (value) => checkName('client', value)),
    vendor,
    description: reader.text('purpose'),
    inAws: reader.choice('in-aws'),
    assumesRoles: reader.choice('assumes-roles'),
    certificate: reader.choice('certificate'),
    token: reader.choice('token'),
    principal: reader.words('principals', checkPrincipal),
    externalId: reader.text('external-id', checkExternalId),
    reason: reader.text('reason'),
    access: reader.checked('access'),
    prefix: reader.text('prefix', (value) => checkPrefix(canonicalPrefix(value))),
    bucket: reader.text('bucket', checkBucketName),
    owner: reader.text('owner'),
    expires: reader.text('until', (value) => [...checkDate(value), ...past(value, today)]),
  };
  if (request.inAws === false && request.assumesRoles) reader.report('assumes-roles', CONTRADICTION);
  return { request, problems: [...issue.problems, ...reader.problems], wrong: reader.wrong };
}

/** Where a problem with the answer to a field stands: at the answer, or at the end where the field is missing. */
export function spotOf({ answers, end }: Issue, id: FieldId): Spot {
  const answer = answers.get(id);
  return answer?.at ?? end;
}

const RESERVED: Finding = {
  code: 'bad-name',
  message: 'client.yaml is the client itself',
  fix: 'choose another vendor name',
};

const CONTRADICTION: Finding = {
  code: 'contradiction',
  message: 'a vendor that does not work in AWS has nothing there that could assume a role',
  fix: `answer ${YES} to ${quote(labelOf('in-aws'))}, or ${NO} here`,
};

/** The day itself has passed when it begins. */
function past(value: string, today: string): Finding[] {
  if (checkDate(value).length > 0 || value > today) return [];
  return [{ code: 'past-date', message: `access would have ended on ${value}`, fix: 'name a day in the future' }];
}

class Reader {
  readonly problems: Problem[] = [];
  readonly wrong: Set<FieldId>;

  constructor(
    private readonly issue: Issue,
    private readonly file: string,
    private readonly told: ReadonlySet<keyof AccessRequest>,
  ) {
    this.wrong = new Set([...issue.answers.values()].filter(({ broken }) => broken).map(({ field }) => field.id));
  }

  report(id: FieldId, { code, message, fix }: Finding, { line, column }: Spot = spotOf(this.issue, id)): void {
    this.problems.push({ file: this.file, line, column, severity: 'error', code, message, fix });
    this.wrong.add(id);
  }

  /** An answer on one line, however many it was written on. */
  text(id: FieldId, check: (value: string) => Finding[] = () => []): string | undefined {
    const value = bare(
      this.said(id)
        .map(({ text }) => text)
        .join(' ')
        .replace(/\s+/g, ' '),
    );
    if (value === '') return undefined;
    const findings = check(value);
    for (const finding of findings) this.report(id, finding);
    return findings.length > 0 ? undefined : value;
  }

  /** Yes or no; undefined where the answer is neither. */
  choice(id: FieldId): boolean | undefined {
    const [line] = this.said(id);
    if (!line) return undefined;
    const { options = [] } = fieldOf(id);
    const option = options.find((each) => each.toLowerCase() === line.text.toLowerCase());
    if (option === undefined) this.report(id, unknownOption(line.text, `it can be ${either(options)}`));
    return option === YES ? true : option === NO ? false : undefined;
  }

  /** The words of an answer, be they on lines of their own, in a list, or with commas between. */
  words(id: FieldId, check: (word: string) => Finding[]): string[] | undefined {
    const words: string[] = [];
    for (const { text, line, column } of this.said(id)) {
      for (const { 0: found, index } of text.matchAll(/[^\s,;]+/g)) {
        const marker = index === 0 && (found === text ? /^`{3,}\w*$/ : /^[-*+]$/).test(found);
        const word = bare(found);
        const findings = marker || words.includes(word) ? [] : check(word);
        for (const finding of findings) this.report(id, finding, { line, column: column + index });
        if (!marker && findings.length === 0 && !words.includes(word)) words.push(word);
      }
    }
    return words.length > 0 ? words : undefined;
  }

  /** The capabilities that are checked; undefined where none is. */
  checked(id: FieldId): Capability[] | undefined {
    const checked = new Set<Capability>();
    for (const line of this.said(id).filter(({ text }) => text !== '')) {
      const [, mark, label] = /^[-*] \[([ xX])\] (.*)$/.exec(line.text) ?? [];
      const capability = Object.values(Capability).find((each) => ACCESS[each] === label);
      if (capability === undefined) {
        const fix = 'keep the lines of the form unchanged, and put an x between the brackets: - [x]';
        this.report(id, unknownOption(label ?? line.text, fix), line);
      } else if (mark !== ' ') checked.add(capability);
    }
    return checked.size > 0 ? Object.values(Capability).filter((each) => checked.has(each)) : undefined;
  }

  /** The lines of an answer; reported where one is needed and there is none. */
  private said(id: FieldId): Answer['lines'] {
    if (this.told.has(KEYS[id])) return [];
    const answer = this.issue.answers.get(id);
    const { required, type, label } = fieldOf(id);
    // Of the questions to choose by, only some need an answer.
    if (required && type !== 'dropdown' && !answer?.lines.length) {
      const fix = answer ? 'write it below the heading' : `add ### ${label}, with the answer below it`;
      this.report(id, { code: 'missing-answer', message: `${quote(label)} has no answer`, fix });
    }
    return answer && !answer.broken ? answer.lines : [];
  }
}

function fieldOf(id: FieldId) {
  const field = FIELDS.find((each) => each.id === id);
  if (!field) throw new Error(`the form has no field ${id}`);
  return field;
}

export function labelOf(id: FieldId): string {
  return fieldOf(id).label;
}

/** Without the backticks that many put around a value. */
function bare(value: string): string {
  return /^`([^`]+)`$/.exec(value)?.[1]?.trim() ?? value;
}

function unknownOption(text: string, fix: string): Finding {
  return { code: 'unknown-option', message: `the form has no option ${quote(text)}`, fix };
}
