using System.Text.RegularExpressions;
using KioskLink.Tidy.Reading;

namespace KioskLink.Tidy;

/// <summary>A file holds one idea, a method one step of it.</summary>
public sealed class SizeTests
{
    private const int MaxFileLines = 400;
    private const int MaxMethodLines = 70;

    [Fact]
    public void No_file_is_longer_than_400_lines() => Rule.Holds(
        repository =>
            from file in repository.CSharp
            where file.Lines.Length > MaxFileLines
            select $"{file.Path} has {file.Lines.Length} lines: split it by subject.",
        new Breach("src/KioskLink.Rules/Long.cs", Lines(MaxFileLines + 1)));

    [Fact]
    public void No_method_is_longer_than_70_lines() => Rule.Holds(
        repository =>
            from file in repository.CSharp
            from member in Declarations.In(file.Text)
            where !member.IsType && member.Lines > MaxMethodLines
            select $"{file.Path}:{member.Line} `{member.Header}` has {member.Lines} lines: name its parts.",
        new Breach("src/KioskLink.Rules/Long.cs", $"class A\n{{\n    void Long()\n    {{{Lines(MaxMethodLines - 1)}\n    }}\n}}"),
        new Breach("src/KioskLink.Node/Program.cs", $"using A;\n{Lines(MaxMethodLines + 1, "b();")}"));

    [Fact]
    public void Every_type_of_src_that_others_see_says_what_it_is_for() => Rule.Holds(
        repository =>
            from file in repository.Under("src", ".cs")
            from type in Declarations.In(file.Text)
            where type.IsType && !Regex.IsMatch(type.Header, @"\b(private|partial)\b") && !IsDescribed(file.Lines, type.Line)
            select $"{file.Path}:{type.Line} `{type.Header}` has no summary.",
        new Breach("src/KioskLink.Rules/Silent.cs", "namespace A;\n\n[B]\npublic sealed class Silent;"));

    [Fact]
    public void The_scan_reads_methods_in_every_project_of_src() => Assert.Equal(
        Repository.This.Under("src", ".csproj").Select(file => file.Path.Split('/')[1]),
        Repository.This.Under("src", ".cs").Where(file => Declarations.In(file.Text).Any(found => !found.IsType))
            .Select(file => file.Path.Split('/')[1]).Distinct());

    private static string Lines(int count, string line = "") => string.Join('\n', Enumerable.Repeat(line, count)) + "x";

    private static bool IsDescribed(string[] lines, int line)
    {
        var before = line - 2;
        while (before >= 0 && lines[before].TrimStart() is ['[' or '#', ..])
            before--;
        return before >= 0 && lines[before].TrimStart().StartsWith("///", StringComparison.Ordinal);
    }
}
