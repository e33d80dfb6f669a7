/**
 * How an intent is written into a template's metadata. Templates that are deployed hold it, so its form stays: what is
 * not known yet is an empty text there.
 */
import type { Intent, TrustBasis } from './intent';
import type { Provider } from './provider';

const NO_PROVIDER: Provider = { issuer: '', builtIn: false };

/** An intent as the metadata notes it. */
export function noteOf(intent: Intent): unknown {
  const { trusts } = intent;
  switch (trusts.by) {
    case 'certificate': {
      const { trustAnchorArn = '', subject } = trusts;
      const { commonName = '' } = subject;
      return { ...intent, trusts: { ...trusts, trustAnchorArn, subject: { ...subject, commonName } } };
    }
    case 'token':
      return { ...intent, trusts: { ...trusts, provider: trusts.provider ?? NO_PROVIDER } };
    default:
      return intent;
  }
}

/** The intent that a note says, as the constructs wrote it: what somebody else wrote there is not examined. */
export function intentIn(note: unknown): Intent {
  const intent = note as Intent;
  return { ...intent, trusts: known(intent.trusts) } as Intent;
}

function known(trusts: TrustBasis): TrustBasis {
  switch (trusts.by) {
    case 'certificate': {
      const { trustAnchorArn, subject } = trusts;
      const { commonName } = subject;
      return {
        ...trusts,
        trustAnchorArn: trustAnchorArn || undefined,
        subject: { ...subject, commonName: commonName || undefined },
      };
    }
    case 'token':
      return { ...trusts, provider: trusts.provider?.issuer ? trusts.provider : undefined };
    default:
      return trusts;
  }
}
