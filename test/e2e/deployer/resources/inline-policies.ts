/** A policy of a role or user itself. */
export interface InlinePolicy {
  readonly PolicyName: string;
  readonly PolicyDocument: unknown;
}

/** What the gateway knows of neither roles nor users. */
export const NOT_JUDGED_OF_IAM = {
  PermissionsBoundary: 'Ceph has no permissions boundaries',
  Tags: 'nothing that is granted depends on them',
};
