/** Where something was read, as findings name it. Readers decide what the words are; a place is the same from run to run. */
export interface Place {
  /** The template or account. */
  readonly scope: string;
  /** What in it: a logical id, a construct path, an ARN. */
  readonly id: string;
  /** Where in that: a property, the name of a policy. */
  readonly at: string;
}
