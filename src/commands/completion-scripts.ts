/**
 * What bash runs. It splits words at `@`, `:` and `=` too, so the words are read off the line anew, and what stands
 * before the last of these is taken off each candidate.
 */
const bash = `# contacts completion bash > ~/.local/share/bash-completion/completions/contacts
_contacts() {
  local line=\${COMP_LINE:0:COMP_POINT} full before candidate
  local -a words
  read -a words <<< "$line"
  [[ $line == *[!\\\\]' ' ]] && words+=('')
  full=\${words[-1]}
  before=\${full%"\${full##*[@:=]}"}
  COMPREPLY=()
  while IFS=$'\\t' read -r candidate _; do
    COMPREPLY+=("$(printf '%q' "\${candidate:\${#before}}")")
  done < <("\${words[0]}" completion suggest -- "\${words[@]:1}" 2>/dev/null)
}
complete -o default -F _contacts contacts
`;

/** What zsh runs: it reads the file when it is first wanted, in the place of the function, or is given it to evaluate. */
const zsh = `#compdef contacts
# contacts completion zsh > "\${fpath[1]}/_contacts"
_contacts() {
  local line
  local -a candidates shown
  for line in "\${(@f)$("\${words[1]}" completion suggest -- "\${(@Q)words[2,CURRENT]}" 2>/dev/null)}"; do
    [[ -z $line ]] && continue
    candidates+=("\${line%%$'\\t'*}")
    shown+=("\${line/$'\\t'/  -- }")
  done
  if (( \${#candidates} )); then
    compadd -M 'm:{[:lower:][:upper:]}={[:upper:][:lower:]}' -l -d shown -a candidates
  else
    _files
  fi
}
if [[ $funcstack[1] == _contacts ]]; then
  _contacts
else
  compdef _contacts contacts
fi
`;

const fish = `# contacts completion fish > ~/.config/fish/completions/contacts.fish
function __contacts_suggest
  set -l words (commandline -opc)
  set -l found ($words[1] completion suggest -- $words[2..-1] (string unescape -- (commandline -ct)) 2>/dev/null)
  if test (count $found) -gt 0
    printf '%s\\n' $found
  else
    __fish_complete_path (commandline -ct)
  end
end
complete -c contacts -f -a '(__contacts_suggest)'
`;

/** The completion script of each shell: it asks the program itself, with \`completion suggest\`. */
export const completionScripts = { bash, zsh, fish } as const;

export type Shell = keyof typeof completionScripts;
