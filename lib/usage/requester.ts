/** Who asked, as far as a log says. */
export interface Requester {
  /** Twelve digits; none of a canonical user, of AWS itself, or of nobody. */
  readonly account?: string;
  /** The role's or user's name, without its path. */
  readonly role?: string;
  readonly user?: string;
  readonly canonicalUser?: string;
  /** AWS itself, such as a lifecycle rule. */
  readonly service?: true;
  /** As it is shown: sessions of one role are one. */
  readonly shown: string;
}

/** What a log's text for a requester means. A role's session, and some logs' role, is that role. */
export function requesterOf(text: string, account?: string): Requester {
  if (text === '' && account === undefined) return { shown: 'anonymous' };
  const [, partition = '', ofSession, role] = SESSION.exec(text) ?? [];
  if (ofSession !== undefined && role !== undefined)
    return { account: ofSession, role, shown: `arn:${partition}:sts::${ofSession}:assumed-role/${role}` };
  const [, ofIam, type, path] = IAM.exec(text) ?? [];
  if (ofIam !== undefined) {
    const name = path?.split('/').at(-1);
    if (type === 'user') return { account: ofIam, user: name, shown: text };
    if (type === 'role') return { account: ofIam, role: name, shown: text };
    return { account: ofIam, shown: text };
  }
  const [, ofSts] = /^arn:aws[a-z-]*:sts::(\d{12}):/.exec(text) ?? [];
  if (ofSts !== undefined) return { account: ofSts, shown: text };
  if (/^[0-9a-f]{64}$/.test(text)) return { canonicalUser: text, shown: text };
  if (/\.amazonaws\.com(?:\.cn)?$|^AmazonS3$|^svc:/.test(text)) return { service: true, shown: text };
  if (account !== undefined && /^\d{12}$/.test(account)) return { account, shown: `account ${account}` };
  return { shown: text };
}

const SESSION = /^arn:(aws[a-z-]*):sts::(\d{12}):assumed-role\/([\w+=,.@-]+)(?:\/|$)/;
const IAM = /^arn:aws[a-z-]*:iam::(\d{12}):(user|role|root)(?:\/(\S+))?$/;
