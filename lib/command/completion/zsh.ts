import type { ArgumentWords, CommandWords, OptionWords, Values } from './words';

/**
 * The script that makes zsh complete the command's words, with what they mean. It is a file for a folder of `fpath`, and can be
 * sourced too.
 * @see https://zsh.sourceforge.io/Doc/Release/Completion-System.html
 */
export function zshCompletion(program: CommandWords, vendors: readonly string[]): string {
  return `#compdef bucket-integrations
# zsh completion for bucket-integrations, made by: bucket-integrations completion zsh

_bucket_integrations_folder() {
  REPLY=\${(Q)opt_args[--dir]:-integrations}
  REPLY=\${REPLY/#\\~\\//$HOME/}
}

_bucket_integrations_integrations() {
  local REPLY file
  local -a names
  _bucket_integrations_folder
  for file in $REPLY/*/*.yaml(N); do
    [[ \${file:t:r} == client ]] || names+=("\${file:h:t}_\${file:t:r}")
  done
  compadd -a names
}

_bucket_integrations_clients() {
  local REPLY
  local -a names
  _bucket_integrations_folder
  names=($REPLY/*(N/:t))
  compadd -a names
}

_bucket_integrations_vendors() {
  local REPLY
  local -a names
  _bucket_integrations_folder
  names=(${vendors.join(' ')} $REPLY/../vendors/*.yaml(N:t:r))
  compadd -a names
}

_bucket_integrations_refs() {
  local -a names
  names=(\${(f)"$(git for-each-ref --format='%(refname:short)' 2>/dev/null)"})
  compadd -a names
}

${commandFunction(program)}
if [[ $funcstack[1] == _bucket-integrations ]]; then
  _bucket_integrations "$@"
else
  (($+functions[compdef])) || { autoload -Uz compinit && compinit }
  compdef _bucket_integrations bucket-integrations
fi
`;
}

function functionOf(path: readonly string[]): string {
  return ['_bucket_integrations', ...path.map((word) => `do_${word}`)].join('_');
}

/** A function for a command, and one for each of its commands. */
function commandFunction(command: CommandWords): string {
  const { path, commands, options, arguments: own } = command;
  const specs = options.flatMap(optionSpecs);
  if (commands.length === 0) {
    const all = [...specs, ...own.map(argumentSpec)];
    return `${functionOf(path)}() {\n  _arguments -s \\\n${all.map((spec) => `    ${spec}`).join(' \\\n')}\n}\n`;
  }
  const described = commands.map((each) => `    ${zshWord(`${each.path.at(-1)}:${each.description.split('\n')[0]}`)}`);
  const cases = commands.map((each) => `      ${each.path.at(-1)}) ${functionOf(each.path)} ;;`);
  const all = [...specs, `'1: :->command'`, `'*:: :->argument'`];
  return `${functionOf(path)}() {
  local curcontext=$curcontext context state line
  local -a commands
  typeset -A opt_args
  commands=(
${described.join('\n')}
  )
  _arguments -s -C \\
${all.map((spec) => `    ${spec}`).join(' \\\n')} && return
  case $state in
    command) _describe -t commands command commands ;;
    argument) case $words[1] in
${cases.join('\n')}
    esac ;;
  esac
}

${commands.map(commandFunction).join('\n')}`;
}

function optionSpecs({ flags, description, value, many, values }: OptionWords): string[] {
  const meaning = `[${description.replace(/[\\[\]:]/g, '\\$&')}]`;
  const takes = value === undefined ? '' : `:${value.replaceAll(':', '\\:')}:${action(values)}`;
  // One of many values follows its option alone: another one is another option.
  return flags.map((flag) => zshWord(`${many ? '*' : ''}${flag}${meaning}${takes}`));
}

function argumentSpec({ name, values }: ArgumentWords, at: number): string {
  return zshWord(`${at + 1}:${name}:${action(values)}`);
}

function action(values: Values | undefined): string {
  if (values === undefined) return ' ';
  switch (values.of) {
    case 'choices':
      return `(${values.choices.join(' ')})`;
    case 'files':
      return '_files';
    case 'folders':
      return '_files -/';
    default:
      return `_bucket_integrations_${values.of}`;
  }
}

function zshWord(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
