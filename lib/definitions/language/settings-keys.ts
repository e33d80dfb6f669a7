/** The keys of settings.yaml. */
import { z } from 'zod';
import { checkOrganization } from '../../rules/internal';
import {
  checkAccount,
  checkBucketName,
  checkContact,
  checkIamPath,
  checkLogPrefix,
  checkManagedPolicyArn,
  checkWebAddress,
} from '../../rules/names';
import { checkRemoveAtMost, REMOVE_AT_MOST } from '../../rules/stacks';
import { listKey, mapping, number, tags, textKey } from './key-types';
import { accept, account, FROM_ENVIRONMENT, internal, notBlank, REQUIRABLE, region } from './shared-keys';

export const settingsShape = {
  account: account(FROM_ENVIRONMENT),
  region: region(FROM_ENVIRONMENT),
  bucketPrefix: textKey(
    { description: 'What bucket names begin with: `<bucketPrefix>-<client>`.', default: '`integrations`' },
    (value) => checkBucketName(`${value}-client`),
  ),
  tags: tags({ description: 'Tags on every taggable resource.', default: 'none' }),
  permissionsBoundary: textKey(
    { description: 'ARN of the managed policy that bounds every role and user.', default: 'none' },
    checkManagedPolicyArn,
  ),
  rolePath: textKey(
    {
      description: 'IAM path of every role and user. Set it before the first deployment: changing it replaces them.',
      default: '`/`',
      examples: ['/integrations/'],
    },
    checkIamPath,
  ),
  ownAccounts: listKey(
    { description: 'Further accounts that are ours.', default: 'none' },
    textKey({ description: 'Twelve digits.', pattern: '^\\d{12}$' }, checkAccount),
  ),
  organization: textKey(
    { description: 'Our AWS Organization.', default: 'none', examples: ['o-a1b2c3d4e5'] },
    checkOrganization,
  ),
  internal: internal("Who of our own company reaches every client's bucket."),
  require: listKey({ description: 'Keys that every integration must have.', default: 'none' }, z.enum(REQUIRABLE)),
  company: mapping(
    { description: 'The letterhead of hand-offs: `name`, `contact` (a mail address or URL), `url`.', default: 'none' },
    {
      name: textKey({ description: "The company's name.", default: 'required' }, (value) => notBlank('name', value)),
      contact: textKey({ description: 'Where vendors ask.', default: 'none' }, checkContact).optional(),
      url: textKey({ description: "The company's page.", default: 'none' }, checkWebAddress).optional(),
    },
  ),
  accept,
  accessLogs: mapping(
    {
      description: 'S3 server access logs of every bucket that is created: `bucket`, `prefix`.',
      default: 'none',
    },
    {
      bucket: textKey({ description: 'The bucket that receives the logs.', default: 'required' }, (value) =>
        checkBucketName(value, { existing: true }).length === 0 ? [] : checkBucketName(value),
      ),
      prefix: textKey({ description: "What the logs' keys begin with.", default: 'none' }, checkLogPrefix).optional(),
    },
  ),
  removeAtMost: number(
    {
      description: 'How many clients one `deploy --end-removed` may end unless you give their number.',
      default: `\`${REMOVE_AT_MOST.byDefault}\``,
    },
    REMOVE_AT_MOST.least,
    REMOVE_AT_MOST.most,
    checkRemoveAtMost,
  ),
};
