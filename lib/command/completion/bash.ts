import type { CommandWords, OptionWords, Values } from './words';
import { zshCompletion } from './zsh';

/**
 * The script that makes bash complete the command's words. It runs nothing but the shell itself, and git for refs: names come
 * from the folder, and only those that look like names, so that no file name is ever evaluated. For bash 3.2 and later; a zsh
 * that reads it gets its own script.
 * @see https://www.gnu.org/software/bash/manual/html_node/Programmable-Completion.html
 */
export function bashCompletion(program: CommandWords, vendors: readonly string[]): string {
  const all = everyCommand(program);
  return `# bash completion for bucket-integrations, made by: bucket-integrations completion bash

# A zsh that reads this has its own script.
if [ -n "\${ZSH_VERSION-}" ]; then
  IFS= read -rd '' _bucket_integrations_zsh <<'BUCKET_INTEGRATIONS_ZSH'
${zshCompletion(program, vendors)}BUCKET_INTEGRATIONS_ZSH
  eval "$_bucket_integrations_zsh"
  unset _bucket_integrations_zsh
  return 0
fi

_bucket_integrations_offer() {
  local word
  for word; do
    [[ $word == "$cur"* ]] && COMPREPLY+=("$word")
  done
}

_bucket_integrations_named() { # kind: the integrations, clients or vendors of the folder $dir
  local file client vendor
  case $1 in
    integrations)
      for file in "$dir"/*/*.yaml; do
        client=\${file%/*} client=\${client##*/} vendor=\${file##*/} vendor=\${vendor%.yaml}
        [[ $vendor != client && $client$vendor != *[!a-z0-9-]* ]] && _bucket_integrations_offer "\${client}_$vendor"
      done ;;
    clients)
      for file in "$dir"/*/; do
        client=\${file%/} client=\${client##*/}
        [[ $client != *[!a-z0-9-]* ]] && _bucket_integrations_offer "$client"
      done ;;
    vendors)
      _bucket_integrations_offer ${vendors.join(' ')}
      for file in "$dir"/../vendors/*.yaml; do
        vendor=\${file##*/} vendor=\${vendor%.yaml}
        [[ $vendor != *[!a-z0-9-]* && " \${COMPREPLY[*]} " != *" $vendor "* ]] && _bucket_integrations_offer "$vendor"
      done ;;
  esac
}

_bucket_integrations_values() { # what the word can be, as the cases below say it
  local line
  case $1 in
    integrations | clients | vendors) _bucket_integrations_named "$1" ;;
    folders)
      while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -d -- "$cur")
      compopt -o filenames 2>/dev/null ;;
    files)
      while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -f -- "$cur")
      compopt -o filenames 2>/dev/null ;;
    refs)
      while IFS= read -r line; do
        [[ $line != *[!A-Za-z0-9._/+-]* ]] && _bucket_integrations_offer "$line"
      done < <(git for-each-ref --format='%(refname:short)' 2>/dev/null) ;;
    choices\\ *) _bucket_integrations_offer \${1#choices } ;;
  esac
}

_bucket_integrations_option() { # path, option: what its value can be; "flag" where it takes none
  case "$1 $2" in
${all.flatMap((command) => command.options.flatMap((option) => optionCase(command, option))).join('\n')}
    *) REPLY=flag ;;
  esac
}

_bucket_integrations_words() { # the words after the command's name, of which the last is completed
  local cur=\${!#} dir=integrations path='' pending='' many='' position=0 word REPLY
  while (($# > 1)); do
    word=$1
    shift
    [[ $word == = ]] && continue
    if [[ $many && $word == -* ]]; then
      pending='' many=''
    fi
    if [[ $pending ]]; then
      [[ $pending == folders ]] && dir=\${word/#\\~\\//$HOME/} dir=\${dir//[\\"\\'\\\\]/}
      [[ $many ]] || pending=''
      continue
    fi
    case $word in
      -*=*) [[ $word == --dir=* ]] && dir=\${word#*=} ;;
      -*)
        _bucket_integrations_option "$path" "$word"
        [[ $REPLY == flag ]] || pending=\${REPLY#many }
        [[ $REPLY == many\\ * ]] && many=1 ;;
      *)
        case "$path/$word" in
${all.flatMap(({ path, commands }) => commands.map((each) => `          '${path.join(' ')}/${each.path.at(-1)}') path='${each.path.join(' ')}' position=0 ;;`)).join('\n')}
          *) position=$((position + 1)) ;;
        esac ;;
    esac
  done
  [[ $cur == = ]] && cur=''
  if [[ $pending && ! ($many && $cur == -*) ]]; then
    _bucket_integrations_values "$pending"
    return
  fi
  case "$cur $path" in
${all.map(({ path, options }) => `    -*' ${path.join(' ')}') _bucket_integrations_offer ${options.flatMap(({ flags }) => flags.slice(-1)).join(' ')} ;;`).join('\n')}
  esac
  [[ $cur == -* ]] && return
  case "$path $position" in
${all.flatMap(positions).join('\n')}
  esac
}

_bucket_integrations() {
  COMPREPLY=()
  _bucket_integrations_words "\${COMP_WORDS[@]:1:COMP_CWORD}"
}

complete -F _bucket_integrations bucket-integrations
`;
}

function everyCommand(command: CommandWords): CommandWords[] {
  return [command, ...command.commands.flatMap(everyCommand)];
}

/** Of an option that takes a value. */
function optionCase({ path }: CommandWords, { flags, value, many, values }: OptionWords): string[] {
  if (value === undefined) return [];
  const patterns = flags.map((flag) => `'${path.join(' ')} ${flag}'`).join(' | ');
  return [`    ${patterns}) REPLY='${many ? 'many ' : ''}${completionsFor(values)}' ;;`];
}

function completionsFor(values: Values | undefined): string {
  if (values === undefined) return 'text';
  return values.of === 'choices' ? `choices ${values.choices.join(' ')}` : values.of;
}

function positions({ path, commands, arguments: own }: CommandWords): string[] {
  const subcommands = commands.length === 0 ? [] : [commands.map((each) => each.path.at(-1)).join(' ')];
  const first = subcommands.map((names) => `    '${path.join(' ')} 0') _bucket_integrations_offer ${names} ;;`);
  return [
    ...first,
    ...own.map(
      (each, at) => `    '${path.join(' ')} ${at}') _bucket_integrations_values '${completionsFor(each.values)}' ;;`,
    ),
  ];
}
