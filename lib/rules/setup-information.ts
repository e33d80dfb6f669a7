/**
 * What a vendor gets once its integration is deployed. Never a secret: of access keys, only the names
 * of the secrets that hold them.
 */
export interface SetupInformation {
  readonly integration: string;
  readonly kind: string;
  readonly status: string;
  readonly bucket: string;
  readonly prefix: string;
  readonly region: string;
  /** Of an access point, which is used in the bucket's place. */
  readonly accessPointArn?: string;
  readonly accessPointAlias?: string;
  readonly roleArn?: string;
  readonly externalId?: string;
  readonly externalIds?: readonly string[];
  readonly profileArn?: string;
  readonly trustAnchorArn?: string;
  /** Slot → name of its secret. */
  readonly secrets?: Readonly<Record<string, string>>;
}

/** One external ID stands alone, several as a list, none leaves no key. */
export function externalIdFields(externalIds: readonly string[]): Pick<SetupInformation, 'externalId' | 'externalIds'> {
  const [first] = externalIds;
  if (first === undefined) return {};
  return externalIds.length === 1 ? { externalId: first } : { externalIds };
}
