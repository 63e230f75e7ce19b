using System.CommandLine;
using System.CommandLine.Completions;
using System.Text;

namespace KioskLink.Cli.Completion;

/// <summary>A bash script that completes a tree of commands: nouns, verbs, options, and the values of those that take a few. It starts no program.</summary>
internal static class BashScript
{
    private const string Head = """
        # Made by `kiosklink completion bash`.
        _kiosklink() {
          local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} path='' word commands options values
          COMPREPLY=()
          _kiosklink_at ''
          for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
            case " $commands " in *" $word "*) path="${path:+$path }$word"; _kiosklink_at "$path" ;; esac
          done
          case "$path $previous" in

        """;

    private const string Middle = """
            *)
              if [[ $current == -* ]]; then COMPREPLY=($(compgen -W "$options" -- "$current"))
              else COMPREPLY=($(compgen -W "$commands $values" -- "$current")); [[ $commands$values ]] || COMPREPLY=($(compgen -f -- "$current")); fi ;;
          esac
        }
        _kiosklink_at() {
          commands='' values=''
          case "$1" in

        """;

    private const string Tail = """
          esac
        }
        complete -o filenames -F _kiosklink kiosklink

        """;

    /// <summary>The script for a tree.</summary>
    public static string Of(Command root)
    {
        var (options, commands) = (new StringBuilder(), new StringBuilder());
        Add(root, "", root.Options.Where(option => option.Recursive).ToList(), options, commands);
        return (Head + options + Middle + commands + Tail).ReplaceLineEndings("\n");
    }

    private static void Add(Command command, string path, IReadOnlyList<Option> everywhere, StringBuilder options, StringBuilder commands)
    {
        Option[] own = [.. command.Options.Concat(everywhere).Where(option => !option.Hidden).DistinctBy(option => option.Name)];
        Command[] below = [.. command.Subcommands.Where(verb => !verb.Hidden)];
        var values = Join(command.Arguments.SelectMany(argument => Values(argument)));
        commands.Append(null, $"    '{path}') commands='{Join(below.Select(verb => verb.Name))}' values='{values}' options='{Join(own.SelectMany(option => option.Aliases.Prepend(option.Name)))}' ;;\n");
        foreach (var option in own.Where(option => TakesValue(option) && (path.Length > 0 || below.Length == 0)))
            options.Append(null, $"    '{path} {option.Name}') {Replies(option)} ;;\n");
        foreach (var verb in below)
            Add(verb, path.Length == 0 ? verb.Name : $"{path} {verb.Name}", [.. everywhere.Union(command.Options.Where(option => option.Recursive))], options, commands);
    }

    private static string Replies(Option option) => Join(Values(option)) is { Length: > 0 } values
        ? $"COMPREPLY=($(compgen -W '{values}' -- \"$current\"))"
        : "COMPREPLY=($(compgen -f -- \"$current\"))";

    private static bool TakesValue(Option option) => option.Arity.MaximumNumberOfValues > 0 && option.ValueType != typeof(bool);

    private static IEnumerable<string> Values(Symbol symbol) => symbol.GetCompletions(CompletionContext.Empty).Select(item => item.Label).Where(IsPlain);

    // What the shell would read as more than a word is not offered.
    private static bool IsPlain(string word) => word.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.');

    private static string Join(IEnumerable<string> words) => string.Join(' ', words.Where(IsPlain).Distinct().Order(StringComparer.Ordinal));
}
