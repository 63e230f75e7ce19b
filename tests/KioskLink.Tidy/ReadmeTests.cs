using System.Text.RegularExpressions;
using KioskLink.Tidy.Reading;

namespace KioskLink.Tidy;

/// <summary>What the README names exists, and what people type first stands in it word for word.</summary>
public sealed class ReadmeTests
{
    private const string Readme = "README.md";
    private const int StepsOfACard = 8;

    private static readonly string[] Commands = ["dotnet run --project src/KioskLink.Demo", "bash tests/run.sh"];

    [Fact]
    public void Both_commands_stand_on_lines_of_their_own() => Rule.Holds(
        repository => Commands.Except(repository.One(Readme).Lines).Select(command => $"README.md has no line `{command}`."),
        new Breach(Readme, $"Type `{Commands[0]}`, then\n{Commands[1]}"));

    [Fact]
    public void Every_path_in_it_exists() => Rule.Holds(
        repository => Paths(repository.One(Readme).Text).Where(path => !repository.Has(path)).Select(path => $"README.md names {path}, which does not exist."),
        new Breach(Readme, "See [the journal](docs/journal.md)."),
        new Breach(Readme, "The rules live in `src/KioskLink.Rules/Ladder`."));

    [Fact]
    public void Follow_one_card_names_a_place_for_each_of_its_eight_steps() => Rule.Holds(
        repository =>
        {
            var steps = Section(repository.One(Readme), "Follow one card").Where(line => Regex.IsMatch(line, @"^\d\. ")).ToList();
            return Enumerable.Range(1, StepsOfACard)
                .Where(step => !steps.Exists(line => line.StartsWith($"{step}. ", StringComparison.Ordinal) && Paths(line).Any()))
                .Select(step => $"README.md, Follow one card: step {step} is missing or names no place.");
        },
        new Breach(Readme, "## Follow one card\n\n" + string.Join('\n', Enumerable.Range(1, 7).Select(step => $"{step}. `src/A`: x"))),
        new Breach(Readme, "## Follow one card\n\n" + string.Join('\n', Enumerable.Range(1, 8).Select(step => $"{step}. " + (step == 5 ? "the rules" : "`src/A`: x")))));

    [Fact]
    public void Every_project_of_src_is_explained() => Rule.Holds(
        repository => repository.Under("src", ".csproj").Select(project => $"src/{project.Path.Split('/')[1]}")
            .Except(Paths(repository.One(Readme).Text)).Select(folder => $"README.md does not name {folder}."),
        new Breach((Readme, "`src/KioskLink.Rules`: the rules"), ("src/KioskLink.Node/KioskLink.Node.csproj", "")));

    private static IEnumerable<string> Section(RepositoryFile readme, string title) =>
        readme.Lines.SkipWhile(line => line != $"## {title}").Skip(1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal));

    /// <summary>Link targets inside the repository, and words in code marks that begin with one of its folders.</summary>
    private static IEnumerable<string> Paths(string text) =>
        Regex.Matches(text, @"\]\((?!https?:|#)([^)#]+)").Concat(Regex.Matches(text, @"`((?:src|tests|protos|hardware|\.ci)/[^\s`]*)"))
            .Select(match => match.Groups[1].Value.TrimEnd('/')).Distinct();
}
