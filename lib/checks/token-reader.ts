import { type IResolvable, Reference, Stack, Token, Tokenization } from 'aws-cdk-lib/core';
import { compact, type Json, plainJson, UNKNOWN, type Value } from '../access';
import { type AppTemplates, textOf } from '../templates';

/**
 * Reads values with CDK tokens in them as the templates of the app have them. A reference means what it refers to, in
 * whatever stack it is read.
 */
export class TokenReader {
  private readonly tokens = new Map<Stack, Map<IResolvable, Json>>();
  private readonly texts = new Map<Stack, Map<string, Json>>();

  constructor(private readonly app: AppTemplates) {}

  read(value: unknown, stack: Stack): Json {
    if (typeof value === 'string') return this.text(value, stack);
    if (Array.isArray(value)) {
      return Token.isUnresolved(value)
        ? this.resolved(value, stack)
        : { list: value.map((each) => this.read(each, stack)) };
    }
    if (typeof value !== 'object' || value === null) return plainJson(value);
    if (Tokenization.isResolvable(value)) return this.token(value, stack);
    return { members: Object.entries(value).map(([name, member]) => [name, this.read(member, stack)] as const) };
  }

  private text(text: string, stack: Stack): Json {
    if (!text.includes('$'.concat('{Token['))) return { text: [text] };
    const known = this.texts.get(stack) ?? new Map<string, Json>();
    this.texts.set(stack, known);
    const json = known.get(text) ?? this.composed(text, stack);
    known.set(text, json);
    return json;
  }

  private composed(text: string, stack: Stack): Json {
    const pieces: Value[] = [];
    const add = (part: unknown) => {
      if (typeof part === 'string') pieces.push([part]);
      else if (part instanceof Read) pieces.push(part.value);
      return ADDED;
    };
    const fragments = Tokenization.reverseString(text).mapTokens({
      mapToken: (token) => new Read(textOf(this.token(token, stack))) as unknown as IResolvable,
    });
    const joined = fragments.join({
      join: (left, right) => {
        if (left !== ADDED) add(left);
        return add(right);
      },
    });
    if (joined !== ADDED) add(joined);
    return { text: compact(pieces.flat()) };
  }

  private token(token: IResolvable, stack: Stack): Json {
    const known = this.tokens.get(stack) ?? new Map<IResolvable, Json>();
    this.tokens.set(stack, known);
    const remembered = known.get(token);
    if (remembered) return remembered;
    const home = Reference.isReference(token) ? Stack.of(token.target) : stack;
    const json = this.resolved(token, home);
    known.set(token, json);
    return json;
  }

  private resolved(value: unknown, stack: Stack): Json {
    return this.app.reader(stack.node.path)?.read(stack.resolve(value)) ?? UNKNOWN;
  }
}

const ADDED = Symbol('added');

class Read {
  constructor(readonly value: Value) {}
}
