import { formOf, GoBetween } from '../servers/between';

/** How CloudFormation identifies the types that it can import, of those that this project makes. */
const IDENTIFIERS: Readonly<Record<string, string>> = {
  'AWS::S3::Bucket': 'BucketName',
  'AWS::S3::BucketPolicy': 'Bucket',
  'AWS::IAM::Role': 'RoleName',
  'AWS::IAM::User': 'UserName',
};

/**
 * Somebody before CloudFormation who keeps the forms that were sent to it, and answers GetTemplateSummary as AWS does:
 * moto knows nothing of imports.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_GetTemplateSummary.html
 */
export class Tap {
  private constructor(
    private readonly server: GoBetween,
    /** What CloudFormation was asked, in order. */
    readonly forms: readonly URLSearchParams[],
  ) {}

  static async before(target: string): Promise<Tap> {
    const forms: URLSearchParams[] = [];
    const server = await GoBetween.start(target, {
      asked: (message, body) => {
        const form = formOf(message, body);
        if (form) forms.push(form);
        return form?.get('Action') === 'GetTemplateSummary' ? { status: 200, body: summary() } : undefined;
      },
    });
    return new Tap(server, forms);
  }

  get url(): string {
    return this.server.url;
  }

  /** The last form of an action. */
  last(action: string): URLSearchParams {
    const form = this.forms.findLast((each) => each.get('Action') === action);
    if (!form) throw new Error(`nobody asked for ${action}`);
    return form;
  }

  close(): Promise<void> {
    return this.server.close();
  }
}

function summary(): string {
  const members = Object.entries(IDENTIFIERS).map(
    ([type, property]) =>
      `<member><ResourceType>${type}</ResourceType><ResourceIdentifiers><member>${property}</member></ResourceIdentifiers></member>`,
  );
  const summaries = `<ResourceIdentifierSummaries>${members.join('')}</ResourceIdentifierSummaries>`;
  return `<GetTemplateSummaryResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><GetTemplateSummaryResult>${summaries}</GetTemplateSummaryResult></GetTemplateSummaryResponse>`;
}
