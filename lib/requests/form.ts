/**
 * The questions of the issue form `.github/ISSUE_TEMPLATE/integration.yml`; a test holds the two together.
 */
import { Capability } from '../rules/confinement';

/** A field of the form. */
export interface Field {
  readonly id: FieldId;
  /** The heading under which GitHub puts the answer. */
  readonly label: string;
  readonly type: 'input' | 'textarea' | 'dropdown' | 'checkboxes';
  /** Of a dropdown, or of checkboxes. */
  readonly options?: readonly string[];
  /** Asked for by GitHub itself, in public repositories. */
  readonly required?: boolean;
  /** The longest answer, in UTF-16 code units. */
  readonly most: number;
}

export type FieldId =
  | 'client'
  | 'vendor'
  | 'purpose'
  | 'in-aws'
  | 'assumes-roles'
  | 'principals'
  | 'external-id'
  | 'certificate'
  | 'token'
  | 'reason'
  | 'access'
  | 'prefix'
  | 'bucket'
  | 'owner'
  | 'contact'
  | 'until';

export const YES = 'Yes';
export const NO = 'No';
export const UNKNOWN = "I don't know";

const yesOrNo = { type: 'dropdown', options: [YES, NO, UNKNOWN], most: 20 } as const;

/** What each checkbox says, the word of the definitions first. */
export const ACCESS: Readonly<Record<Capability, string>> = {
  [Capability.LIST]: 'list: see the names of the files under its prefix',
  [Capability.READ]: 'read: fetch files',
  [Capability.WRITE]: 'write: put files',
  [Capability.DELETE]: 'delete: delete files',
  [Capability.VERSIONS]: 'versions: see and fetch earlier versions',
  [Capability.TAGS]: "tags: read and set files' tags",
  [Capability.ACL]: 'acl: send the ACL bucket-owner-full-control with every upload',
  [Capability.RETENTION_READ]: 'retention-read: read retention and legal hold',
  [Capability.ROOT_LIST]: "root-list: list from the bucket's root, which shows other integrations' file names",
  [Capability.LIST_BUCKETS]: "list-buckets: see the names of all the account's buckets",
};

export const FIELDS: readonly Field[] = [
  { id: 'client', label: 'Client', type: 'input', required: true, most: 100 },
  { id: 'vendor', label: 'Vendor', type: 'input', required: true, most: 100 },
  { id: 'purpose', label: 'What is it for?', type: 'textarea', required: true, most: 1000 },
  { id: 'in-aws', label: 'Does the vendor work in AWS?', required: true, ...yesOrNo },
  { id: 'assumes-roles', label: 'Can it assume a role of ours?', ...yesOrNo },
  { id: 'principals', label: 'Its role or user ARN', type: 'textarea', most: 4000 },
  { id: 'external-id', label: 'External ID', type: 'input', most: 1224 },
  { id: 'certificate', label: 'Can it present a certificate (X.509)?', ...yesOrNo },
  { id: 'token', label: 'Can it present a token of an identity provider (OIDC)?', ...yesOrNo },
  { id: 'reason', label: 'Why will nothing safer do?', type: 'textarea', most: 1000 },
  {
    id: 'access',
    label: 'What must it be able to do?',
    type: 'checkboxes',
    options: Object.values(ACCESS),
    most: 2000,
  },
  { id: 'prefix', label: 'Prefix', type: 'input', most: 600 },
  { id: 'bucket', label: 'A bucket of its own', type: 'input', most: 100 },
  { id: 'owner', label: 'Who answers for it?', type: 'input', required: true, most: 200 },
  { id: 'contact', label: 'Whom can we reach at the vendor?', type: 'input', most: 200 },
  { id: 'until', label: 'Until when?', type: 'input', most: 40 },
];
