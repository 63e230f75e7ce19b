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
    public void No_marker_of_unfinished_work_is_left() => Rule.Holds(
        repository => Matches(repository, Markers),
        new Breach("src/A.cs", "// TO" + "DO: later"),
        new Breach("src/A.cs", "throw new NotImplemented" + "Exception();"),
        new Breach("tests/A.cs", "[Fact(Skip " + "= \"flaky\")]"),
        new Breach("src/A.cs", "#pragma warning " + "disable CS0618"),
        new Breach("src/A.csproj", "<No" + "Warn>CS1591</No" + "Warn>"),
        new Breach("tests/run.sh", "dotnet test || " + "true"));

    [Fact]
    public void Nothing_refers_to_files_outside_the_repository() => Rule.Holds(
        repository => Matches(repository, OutsideTheRepository),
        new Breach("README.md", "See ../" + "shared/DESIGN.md."),
        new Breach("tests/run.sh", "cp /wo" + "rk/x ."));

    [Fact]
    public void No_package_registry_is_named() => Rule.Holds(
        repository => Matches(repository, PackageRegistries),
        new Breach("README.md", "from api.nuget." + "org"),
        new Breach(".ci/run", "curl https://registry.npmjs." + "org"));

    [Fact]
    public void No_exception_is_swallowed_without_a_word() => Rule.Holds(
        repository =>
            from file in repository.CSharp
            from Match match in Regex.Matches(CSharpText.CodeOf(file.Text), @"\bcatch\b(\s*|[^{};]*\)\s*)\{\s*\}")
            where !file.Text.Substring(match.Index, match.Length).Contains("//", StringComparison.Ordinal)
            select $"{file.Path}:{file.LineOf(match.Index)} an empty catch: handle the error, let it through, or say why it is none.",
        new Breach("src/A.cs", "try { A(); } catch { }"),
        new Breach("src/A.cs", "try { A(); }\ncatch (IOException gone) when (gone.HResult == 1)\n{\n}"));

    [Fact]
    public void Nothing_blocks_a_thread_but_what_says_so_in_its_name() => Rule.Holds(
        repository =>
            from file in repository.Under("src", ".cs")
            from Match match in Regex.Matches(CSharpText.CodeOf(file.Text), @"\.Wait\(\)|\bTask\.WaitA(ll|ny)\(|Async\([^()]*\)\.Result\b|\.GetAwaiter\(\)\s*\.GetResult\(\)")
            let line = file.LineOf(match.Index)
            where !Declarations.In(file.Text).Any(member => member.Holds(line) && member.Header.Contains(" Blocking", StringComparison.Ordinal))
            select $"{file.Path}:{line} blocks a thread: await it.",
        new Breach("src/A.cs", "class A { void B() { CAsync().Wait(); } }"),
        new Breach("src/A.cs", "class A { int B() => CAsync(1).Result; }"),
        new Breach("src/A.cs", "class A { void B() => Task.WaitAll(c, d); }"),
        new Breach("src/A.cs", "class A { void B() => c.GetAwaiter().GetResult(); }"));

    [Fact]
    public void Every_script_stops_at_the_first_error() => Rule.Holds(
        repository => repository.Texts
            .Where(file => file.Path.EndsWith(".sh", StringComparison.Ordinal) || file.Path.StartsWith(".ci/", StringComparison.Ordinal))
            .Where(file => !file.Lines.Contains("set -euo pipefail"))
            .Select(file => $"{file.Path} has no line `set -euo pipefail`."),
        new Breach("tests/run.sh", "#!/bin/bash\nset -e\n"),
        new Breach(".ci/run", "bash tests/run.sh\n"));

    private static IEnumerable<string> Matches(Repository repository, string[] patterns) =>
        from file in repository.Texts
        from pattern in patterns
        from Match match in Regex.Matches(file.Text, pattern)
        select $"{file.Path}:{file.LineOf(match.Index)} `{match.Value}`";
}
