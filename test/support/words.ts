/** Words that people who learnt English as engineers stumble over, and what this project writes instead. */

/** A stiff word. */
export interface Stiff {
  /** Source of a regular expression for whole words, whatever their case; a space stands for any white space. */
  readonly pattern: string;
  readonly better: string;
  /** A text that has it. */
  readonly example: string;
}

/** Where a text has a stiff word. */
export interface FoundWord {
  /** Counted from 1. */
  readonly line: number;
  readonly found: string;
  readonly better: string;
}

/** Who may be let in: `let the vendor in`, and not `let the pattern match in each file`. */
const GUEST =
  '(?:an?|the|one|its?|them|him|us|any|no|every|each|other|\\w+body|\\w+one|\\w+ors?|\\w*users?|roles?|accounts?)';

export const WORDS: readonly Stiff[] = [
  { pattern: 'who(?:ever|soever|mever)', better: 'anyone who', example: 'Whoever has the key' },
  { pattern: `let(?:s|ting)?(?: ${GUEST})* in`, better: 'allow, trust', example: 'the policy lets the\n# vendor in' },
  { pattern: 'ke(?:ep|pt|eps|eping)(?: \\w+)? out', better: 'deny, block', example: 'they keep strangers out' },
  { pattern: 'mend(?:s|ed|ing)?', better: 'fix', example: 'how to mend it' },
  { pattern: 'heed(?:s|ed|ing)?', better: 'respect', example: 'the variable is heeded' },
  { pattern: 'in sum', better: 'grouped, in total', example: 'drawn in sum' },
  { pattern: 'by hand', better: 'manually, hand-written', example: 'changed by\nhand' },
  { pattern: 'work(?:s|ed)? out from', better: 'a draft of, computed from', example: 'worked out from the files' },
  { pattern: '(?:is|are|was|were|be|been|not) told', better: 'is reported', example: 'texts are not told' },
  { pattern: 't(?:old|ells?) (?:\\w+ )?apart', better: 'distinguish', example: 'tells them apart' },
  {
    pattern: 'not as (?:it|they) (?:is|are|was|were)',
    better: 'changed',
    example: 'clients that are not as they were',
  },
  { pattern: '(?<!not )as (?:it|they) (?:was|were)', better: 'unchanged; at that commit', example: 'left as it was' },
  { pattern: 'no more(?! than)', better: 'no longer, removed', example: 'the stack has it no more' },
  { pattern: 'there already', better: 'existing, exists already', example: 'a bucket that is there already' },
  { pattern: '(?:is|are) at (?:its|their) end', better: 'expired', example: 'the token is at its end' },
  { pattern: '(?<=[,;]\\x20|or )else(?! if)', better: 'otherwise', example: 'send the slash, else it is denied' },
  {
    pattern: 'thus|hence(?:forth)?|whence|there(?:of|in|by)|where(?:as|by|upon)',
    better: 'so',
    example: 'Thus it sees',
  },
  { pattern: 'shall|ought|lest|albeit|whilst|amongst|upon', better: 'must, on, …', example: 'it shall not' },
  { pattern: 'anew', better: 'again', example: 'made anew' },
  { pattern: 'beforehand', better: 'first, before', example: 'ask beforehand' },
  { pattern: 'all the same', better: 'anyway', example: 'send it all the same' },
  { pattern: 'in doubt', better: 'if unsure', example: 'In doubt it grows' },
  { pattern: 'as ever', better: 'as always', example: 'deploy, as ever' },
  { pattern: 'com(?:es?|ing) (?:closer|nearest)', better: 'select … to see; closest', example: 'a click comes closer' },
  { pattern: 'g(?:oes|o) on(?= \\w+ing)', better: 'still', example: 'the old one goes on working' },
  { pattern: 'g(?:ets?|ot) at', better: 'reach', example: 'who gets at the data' },
  { pattern: 'lay(?:s|ing)? out|laid out', better: 'create', example: 'lays out a folder' },
  { pattern: '(?:is|are|goes|turns) red', better: 'fails', example: 'the run is red' },
  { pattern: 'can be had', better: 'can be restored, is available', example: 'it can be had back' },
  // Inversions, and whole sentences in the place of a word.
  {
    pattern: '(?<!(?:there|that) )(?:is|are|was|were) no(?! (?:longer|more))(?= \\w)',
    better: 'is not a',
    example: 'its artifacts are no mapping',
  },
  { pattern: 'has no longer', better: 'no longer has', example: 'the role has no longer the statement' },
  {
    pattern: 'which is none|where (?:there is|it has|they have) (?:none|some)',
    better: 'which does not exist, if it has none',
    example: 'the kind "ftp", which is none',
  },
  {
    pattern: 'nobody (?:here )?(?:can tell|could look|knows (?:what|which|whether|of)|looked|sees)',
    better: 'it is not known',
    example: 'nobody can tell whether it overlaps another',
  },
  { pattern: 'whom', better: 'who', example: 'or whom to ask' },
  { pattern: '(?:is|are|was|were) to be', better: 'must be, will be', example: 'the stack is to be deleted' },
  {
    pattern: '(?:stay|leave|keep|put)s?(?: [\\w.-]+){0,5} as (?:it is|they are)',
    better: 'unchanged',
    example: 'leave the definition as it is',
  },
  { pattern: '(?:will|would) do', better: 'is enough, is possible', example: 'an empty file will do' },
  { pattern: 'there twice', better: 'appears twice', example: 'the key is there twice' },
  {
    pattern: '(?:that|which) (?:is|are) there(?! already)',
    better: 'that exists, existing',
    example: 'name a branch that is there',
  },
  {
    pattern: '(?:some|any|no)(?:thing|body|one) else than|otherwise than',
    better: 'another … than, differs from',
    example: 'it trusts somebody else than it should',
  },
  { pattern: 'all else', better: 'everything else', example: 'all else is deployed' },
  { pattern: 'puts? out', better: 'has the output', example: 'the stack puts out nothing' },
  { pattern: 'g(?:oes|o) on with', better: 'continues with', example: 'the vendor goes on with the key' },
  { pattern: 'vouch(?:es)? for', better: 'confirm, accept', example: 'what the authority vouches for' },
  { pattern: 'changed over', better: 'switched to', example: 'the vendor has not changed over' },
  { pattern: 'look(?:s|ed|ing)? after', better: 'own, maintain', example: 'who looks after the accounts' },
  { pattern: 'looke?d? into', better: 'read', example: 'the buckets that are looked into' },
  { pattern: 'seen from(?= \\S*\\d)', better: 'as of', example: 'Seen from 2027-01-31' },
  { pattern: 'half-way', better: 'before its end', example: 'it stopped half-way' },
  {
    pattern: 'hand-?off (?:page|sheet)s?|pages? for (?:the |a )?vendors?',
    better: 'hand-off',
    example: 'a page for the vendor',
  },
];

/** The stiff words of a text, by line. */
export function stiffWords(text: string, words: readonly Stiff[] = WORDS): FoundWord[] {
  return words
    .flatMap(({ pattern, better }) =>
      // A line of a comment may begin within a phrase.
      [...text.matchAll(new RegExp(`(?<!\\w)(?:${pattern.replaceAll(' ', '[\\s#*/]+')})(?!\\w)`, 'gi'))].map(
        (match) => ({
          line: text.slice(0, match.index).split('\n').length,
          found: match[0].replaceAll(/[\s#*/]+/g, ' '),
          better,
        }),
      ),
    )
    .sort((a, b) => a.line - b.line);
}

/** A stiff word that may stay. */
export interface Exception {
  readonly file: string;
  /** What its line has, and no other line of that file that has a stiff word. */
  readonly line: string;
  readonly why: string;
}

/**
 * What is wrong with the words of some files, a sentence each; an exception that nothing needs is wrong too.
 *
 * @param texts by file
 */
export function wordProblems(texts: ReadonlyMap<string, string>, exceptions: readonly Exception[] = []): string[] {
  const used = new Set<Exception>();
  const problems = [...texts].flatMap(([file, text]) => {
    const lines = text.split('\n');
    return stiffWords(text).flatMap(({ line, found, better }) => {
      const exception = exceptions.find((each) => each.file === file && lines[line - 1]?.includes(each.line));
      if (exception) used.add(exception);
      return exception ? [] : [`${file}:${line}: "${found}"; write: ${better}`];
    });
  });
  const unused = exceptions.filter((each) => !used.has(each));
  return [...problems, ...unused.map(({ file, line }) => `${file}: nothing needs the exception for "${line}"`)];
}
