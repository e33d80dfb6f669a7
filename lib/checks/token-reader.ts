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
  private readonly markers = new Map<Stack, Map<string, Value>>();

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
    if (!text.includes(BEGINNING)) return { text: [text] };
    const known = this.texts.get(stack) ?? new Map<string, Json>();
    this.texts.set(stack, known);
    const json = known.get(text) ?? this.composed(text, stack);
    known.set(text, json);
    return json;
  }

  private composed(text: string, stack: Stack): Json {
    const pieces: Value[] = [];
    let from = 0;
    for (const { 0: marker, index } of text.matchAll(MARKER)) {
      pieces.push([text.slice(from, index)], this.marked(marker, stack));
      from = index + marker.length;
    }
    return { text: compact([...pieces, [text.slice(from)]].flat()) };
  }

  /** What a token stands for that is all of a text: many texts have the same ones in them. */
  private marked(marker: string, stack: Stack): Value {
    const known = this.markers.get(stack) ?? new Map<string, Value>();
    this.markers.set(stack, known);
    const remembered = known.get(marker);
    if (remembered) return remembered;
    const token = Tokenization.reverseString(marker).firstToken;
    const value = token ? textOf(this.token(token, stack)) : [marker];
    known.set(marker, value);
    return value;
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

const BEGINNING = '$'.concat('{Token[');
/** How the CDK marks a token in a text. */
const MARKER = /\$\{Token\[[^\]]*\]\}/g;
