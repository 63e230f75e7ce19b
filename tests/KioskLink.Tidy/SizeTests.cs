using System.Text.RegularExpressions;
using KioskLink.Tidy.Reading;

namespace KioskLink.Tidy;

/// <summary>A file holds one idea, a method one step of it.</summary>
public sealed class SizeTests
{
    private const int MaxFileLines = 400;
    private const int MaxMethodLines = 70;

    [Fact]
    public void No_file_is_longer_than_400_lines() =>
        Verdict.None(RepositoryFiles.CSharp
            .Where(file => file.Lines.Length > MaxFileLines)
            .Select(file => $"{file.Path} has {file.Lines.Length} lines: split it by subject."));

    [Fact]
    public void No_method_is_longer_than_70_lines() =>
        Verdict.None(
            from file in RepositoryFiles.CSharp
            from member in Declarations.In(file.Text)
            where !member.IsType && member.Lines > MaxMethodLines
            select $"{file.Path}:{member.Line} `{member.Header}` has {member.Lines} lines: name its parts.");

    [Fact]
    public void Every_type_of_src_that_others_see_says_what_it_is_for() =>
        Verdict.None(
            from file in RepositoryFiles.Under("src", ".cs")
            from type in Declarations.In(file.Text)
            where type.IsType && !Regex.IsMatch(type.Header, @"\b(private|partial)\b") && !IsDescribed(file.Lines, type.Line)
            select $"{file.Path}:{type.Line} `{type.Header}` has no summary.");

    [Fact]
    public void The_scan_reads_methods_in_every_project_of_src() =>
        Assert.Equal(
            RepositoryFiles.Under("src", ".csproj").Select(file => file.Path.Split('/')[1]),
            RepositoryFiles.Under("src", ".cs").Where(file => Declarations.In(file.Text).Any(found => !found.IsType))
                .Select(file => file.Path.Split('/')[1]).Distinct());

    private static bool IsDescribed(string[] lines, int line)
    {
        var before = line - 2;
        while (before >= 0 && lines[before].TrimStart() is ['[' or '#', ..])
            before--;
        return before >= 0 && lines[before].TrimStart().StartsWith("///", StringComparison.Ordinal);
    }
}
