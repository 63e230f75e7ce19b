using System.Text.RegularExpressions;
using KioskLink.Tidy.Reading;

namespace KioskLink.Tidy;

/// <summary>Nothing half done, switched off or pointing elsewhere stays in the repository.</summary>
public sealed class LeftoverTests
{
    // Put together from halves, so that this file is not a finding of its own.
    private static readonly string[] Markers =
    [
        @"\bTO" + @"DO\b", @"\bFIX" + @"ME\b", @"\bHA" + @"CK\b", @"\bXX" + @"X\b", "NotImplemented" + "Exception", @"\bSkip ?" + "= ?\"",
        "#pragma warning " + "disable", "<No" + "Warn>", @"\|\| " + "true",
    ];

    private static readonly string[] OutsideTheRepository = [@"\.\./" + "shared", "(?<![a-z])/wo" + "rk/"];

    private static readonly string[] PackageRegistries =
        [@"nuget\." + "org", @"npmjs\." + "(org|com)", @"pypi\." + "org", @"crates\." + "io", @"deb\.debian\." + "org", @"proxy\.golang\." + "org"];

    [Fact]
    public void No_marker_of_unfinished_work_is_left() => Verdict.None(Matches(RepositoryFiles.Texts, Markers));

    [Fact]
    public void Nothing_refers_to_files_outside_the_repository() => Verdict.None(Matches(RepositoryFiles.Texts, OutsideTheRepository));

    [Fact]
    public void No_package_registry_is_named() => Verdict.None(Matches(RepositoryFiles.Texts, PackageRegistries));

    [Fact]
    public void No_exception_is_swallowed_without_a_word() =>
        Verdict.None(
            from file in RepositoryFiles.CSharp
            from Match match in Regex.Matches(CSharpText.CodeOf(file.Text), @"\bcatch\b(\s*|[^{};]*\)\s*)\{\s*\}")
            where !file.Text.Substring(match.Index, match.Length).Contains("//", StringComparison.Ordinal)
            select $"{file.Path}:{LineOf(file.Text, match.Index)} an empty catch: handle the error, let it through, or say why it is none.");

    [Fact]
    public void Nothing_blocks_a_thread_but_what_says_so_in_its_name() =>
        Verdict.None(
            from file in RepositoryFiles.Under("src", ".cs")
            from Match match in Regex.Matches(CSharpText.CodeOf(file.Text), @"\.Wait\(\)|\.GetAwaiter\(\)\s*\.GetResult\(\)")
            let line = LineOf(file.Text, match.Index)
            where !Declarations.In(file.Text).Any(member => member.Holds(line) && member.Header.Contains(" Blocking", StringComparison.Ordinal))
            select $"{file.Path}:{line} blocks a thread: await it.");

    [Fact]
    public void Every_script_stops_at_the_first_error() =>
        Verdict.None(RepositoryFiles.Texts
            .Where(file => file.Path.EndsWith(".sh", StringComparison.Ordinal) || file.Path.StartsWith(".ci/", StringComparison.Ordinal))
            .Where(file => !file.Lines.Contains("set -euo pipefail"))
            .Select(file => $"{file.Path} has no line `set -euo pipefail`."));

    private static IEnumerable<string> Matches(IEnumerable<RepositoryFile> files, string[] patterns) =>
        from file in files
        from pattern in patterns
        from Match match in Regex.Matches(file.Text, pattern)
        select $"{file.Path}:{LineOf(file.Text, match.Index)} `{match.Value}`";

    private static int LineOf(string text, int position) => 1 + text.AsSpan(0, position).Count('\n');
}
