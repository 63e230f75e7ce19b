using System.Text.RegularExpressions;
using KioskLink.Testing;
using KioskLink.Tidy.Reading;

namespace KioskLink.Tidy;

/// <summary>What the README names exists, and what people type first stands in it word for word.</summary>
public sealed class ReadmeTests
{
    private const int StepsOfACard = 8;

    private static readonly string[] Commands = ["dotnet run --project src/KioskLink.Demo", "bash tests/run.sh"];

    private static readonly RepositoryFile Readme = RepositoryFiles.One("README.md");

    [Fact]
    public void Both_commands_stand_on_lines_of_their_own() =>
        Verdict.None(Commands.Where(command => !Readme.Lines.Contains(command)).Select(command => $"README.md has no line `{command}`."));

    [Fact]
    public void Every_path_in_it_exists() =>
        Verdict.None(Paths(Readme.Text).Where(path => !Exists(path)).Select(path => $"README.md names {path}, which does not exist."));

    [Fact]
    public void Follow_one_card_names_a_place_for_each_of_its_eight_steps()
    {
        var steps = Section("Follow one card").Where(line => Regex.IsMatch(line, @"^\d\. ")).ToList();

        Assert.Equal(Enumerable.Range(1, StepsOfACard).Select(step => $"{step}. "), steps.Select(step => step[..3]));
        Verdict.None(steps.Where(step => !Paths(step).Any()).Select(step => $"A step names no place: {step}"));
    }

    [Fact]
    public void Every_project_of_src_is_explained() =>
        Verdict.None(RepositoryFiles.Under("src", ".csproj").Select(project => $"src/{project.Path.Split('/')[1]}")
            .Where(folder => !Paths(Readme.Text).Contains(folder)).Select(folder => $"README.md does not name {folder}."));

    private static IEnumerable<string> Section(string title) =>
        Readme.Lines.SkipWhile(line => line != $"## {title}").Skip(1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal));

    /// <summary>Link targets inside the repository, and words in code marks that begin with one of its folders.</summary>
    private static IEnumerable<string> Paths(string text) =>
        Regex.Matches(text, @"\]\((?!https?:|#)([^)#]+)").Concat(Regex.Matches(text, @"`((?:src|tests|protos|hardware|\.ci)/[^\s`]*)"))
            .Select(match => match.Groups[1].Value.TrimEnd('/')).Distinct();

    private static bool Exists(string path) =>
        Path.Exists(Path.Combine(SolutionRoot.Path, path));
}
