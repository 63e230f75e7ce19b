using System.Text.RegularExpressions;
using KioskLink.Testing;
using KioskLink.Tidy.Reading;

namespace KioskLink.Tidy;

/// <summary>
/// Every requirement of the privacy documents, R1 to R90 in requirements.tsv, has a test that carries its number
/// (`R57_A_patron_…`). The table of them is written to artifacts/requirements.md.
/// </summary>
public sealed class RequirementTests
{
    private const string List = "tests/KioskLink.Tidy/requirements.tsv";

    [Fact]
    public void Every_requirement_has_a_test_that_carries_its_number() => Rule.Holds(
        repository =>
            from requirement in Requirements(repository)
            where !Tests(repository).Contains(requirement.Number)
            select $"{List}: {requirement.Number} ({requirement.Title}) has no test; name one {requirement.Number}_….",
        new Breach((List, "R1\tSeveral consortia"), ("tests/A.Tests/ATests.cs", "[Fact]\npublic void R10_Languages() { }")));

    [Fact]
    public void The_requirements_are_R1_to_R90() =>
        Assert.Equal(Enumerable.Range(1, 90).Select(number => $"R{number}"), Requirements(Repository.This).Select(requirement => requirement.Number));

    [Fact]
    public void The_table_of_requirements_names_every_test()
    {
        var tests = Tests(Repository.This);
        var rows = Requirements(Repository.This).Select(requirement =>
            $"| {requirement.Number} | {requirement.Title} | {string.Join("<br>", tests[requirement.Number].Select(test => $"`{test}`"))} |");
        var path = Path.Combine(SolutionRoot.Path, "artifacts", "requirements.md");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);

        File.WriteAllLines(path, ["| # | requirement | tests |", "|---|---|---|", .. rows]);

        Assert.All(tests.SelectMany(group => group), test => Assert.Contains(test, File.ReadAllText(path), StringComparison.Ordinal));
    }

    private static IEnumerable<(string Number, string Title)> Requirements(Repository repository) =>
        from line in repository.One(List).Lines
        let parts = line.Split('\t')
        select (parts[0], parts[^1]);

    private static ILookup<string, string> Tests(Repository repository) => (
        from file in repository.Under("tests", ".cs")
        from Match match in Regex.Matches(CSharpText.CodeOf(file.Text), @"public\s+(?:async\s+)?(?:Task|void)\s+((R\d+(?:_R\d+)*)_[A-Z]\w*)")
        from number in match.Groups[2].Value.Split('_')
        select (Number: number, Test: $"{Path.GetFileNameWithoutExtension(file.Path)}.{match.Groups[1].Value}"))
        .ToLookup(found => found.Number, found => found.Test);
}
