/**
 * The constructs, for any CDK app. Nothing here reads a file or knows the definition language.
 */
export { ConfinementChecks, type ConfinementChecksProps, type ConfinementInsider } from './checks/confinement-checks';
export { AccessKeyIntegration, type AccessKeyIntegrationProps } from './constructs/access-key-integration';
export {
  AssumedRoleIntegration,
  type AssumedRoleIntegrationProps,
  type TrustedPrincipal,
} from './constructs/assumed-role-integration';
export { ClientBucket, type ClientBucketProps } from './constructs/client-bucket';
export { DirectTrustIntegration, type DirectTrustIntegrationProps } from './constructs/direct-trust-integration';
export { GitHubDeployRole, type GitHubDeployRoleProps } from './constructs/github-deploy-role';
export { IdentityProvider, type IdentityProviderProps } from './constructs/identity-provider';
export { Integration, type IntegrationProps } from './constructs/integration';
export { InternalAccess, type InternalAccessProps } from './constructs/internal-access';
export { RoleIntegration, type RoleIntegrationProps } from './constructs/role-integration';
export { RolesAnywhereIntegration, type RolesAnywhereIntegrationProps } from './constructs/roles-anywhere-integration';
export { SnapshotReaderRole, type SnapshotReaderRoleProps } from './constructs/snapshot-reader-role';
export { WebIdentityIntegration, type WebIdentityIntegrationProps } from './constructs/web-identity-integration';
export { Capability } from './rules/confinement';
export { KeySlot, Status } from './rules/vocabulary';
