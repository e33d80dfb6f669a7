/** Something by which more people reach a bucket than anybody decided. */
export interface Leak {
  /** Who: an ARN, an account, or `*`. */
  readonly principal: string;
  readonly bucket: string;
  readonly what: string;
  readonly why: string;
}
