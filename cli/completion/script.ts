export const SHELLS = ["bash", "zsh", "fish"] as const;

export type Shell = (typeof SHELLS)[number];

/**
 * A script that makes a shell complete the word `fleet`.
 * @param runner Command that completes, as words: Node and the files that start this program. It is called without npm,
 * which takes half a second to start.
 */
export function completionScript(shell: Shell, runner: readonly string[]): string {
  const command = runner.map(quoted).join(" ");
  switch (shell) {
    case "bash":
      return `_cluster_fleet() {
  local IFS=$'\\n'
  COMPREPLY=($(${command} __complete "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
}
complete -o default -F _cluster_fleet fleet`;
    case "zsh":
      return `_cluster_fleet() {
  local -a found
  found=("\${(@f)$(${command} __complete "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  found=(\${found:#})
  (( \${#found} )) && compadd -a found || _files
}
(( \${+functions[compdef]} )) || { autoload -Uz compinit && compinit }
compdef _cluster_fleet fleet
# An alias is completed as itself, not as what it stands for.
setopt complete_aliases`;
    case "fish":
      return `function __cluster_fleet_complete
  set -l words (commandline -opc) (commandline -ct)
  ${command} __complete $words[2..-1] 2>/dev/null
end
complete -c fleet -f -a '(__cluster_fleet_complete)'`;
  }
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
