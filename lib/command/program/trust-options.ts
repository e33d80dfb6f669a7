import { type Command, Option } from 'commander';

/** Who is trusted by a certificate, for a command that writes it into a definition. */
export function certificateOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--ca-file <file.pem>', "the certificate authority: a file in the client's folder").conflicts(
        'trustAnchor',
      ),
    )
    .option('--trust-anchor <arn>', 'instead: a trust anchor that exists')
    .option('--common-name <cn>', "the subject of the vendor's certificate: CN")
    .option('--organization <o>', 'and O')
    .option('--organizational-unit <ou>', 'and OU');
}

/** Who is trusted by tokens, likewise. */
export function tokenOptions(command: Command): Command {
  return command
    .option('--issuer <url>', 'the issuer of the tokens, or the ARN of a provider that exists')
    .option('--audience <aud...>', 'the aud claim, one of them')
    .option('--subject <sub...>', 'the sub claim, one of them');
}
