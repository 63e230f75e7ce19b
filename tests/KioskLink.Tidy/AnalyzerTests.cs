using System.Text.RegularExpressions;
using System.Xml.Linq;
using KioskLink.Tidy.Reading;

namespace KioskLink.Tidy;

/// <summary>The compiler and its analyzers watch every project, and nothing looks the other way.</summary>
public sealed class AnalyzerTests
{
    private const string Everywhere = "Directory.Build.props";

    private static readonly Dictionary<string, string> Required = new()
    {
        ["Nullable"] = "enable",
        ["TreatWarningsAsErrors"] = "true",
        ["AnalysisLevel"] = "latest",
        ["AnalysisMode"] = "Recommended",
        ["EnforceCodeStyleInBuild"] = "true",
        ["GenerateDocumentationFile"] = "true",
    };

    private static readonly string[] Weakening =
        [.. Required.Keys, "WarningsNotAsErrors", "WarningLevel", "EnableNETAnalyzers", "RunAnalyzers", "RunAnalyzersDuringBuild", "NoWarn"];

    private static readonly string[] Banned =
    [
        "P:System.DateTime.Now", "P:System.DateTime.UtcNow", "P:System.DateTime.Today", "P:System.DateTimeOffset.Now", "P:System.DateTimeOffset.UtcNow",
        "P:System.Random.Shared", "M:System.Random.#ctor", "M:System.Threading.Thread.Sleep(System.Int32)", "M:System.Threading.Thread.Sleep(System.TimeSpan)",
        "P:NodaTime.SystemClock.Instance",
    ];

    [Fact]
    public void Warnings_are_errors_and_analyzers_run_in_every_project() => Rule.Holds(
        repository => Required
            .Where(setting => !repository.One(Everywhere).Text.Contains($"<{setting.Key}>{setting.Value}</{setting.Key}>", StringComparison.Ordinal))
            .Select(setting => $"{Everywhere} does not set {setting.Key} to {setting.Value}."),
        new Breach(Everywhere, "<Project><PropertyGroup><Nullable>enable</Nullable></PropertyGroup></Project>"));

    [Fact]
    public void No_project_weakens_what_holds_for_all() => Rule.Holds(
        repository =>
            from file in repository.Texts
            where file.Path != Everywhere && Path.GetExtension(file.Path) is ".csproj" or ".props" or ".targets"
            from setting in XDocument.Parse(file.Text).Descendants().Where(setting => Weakening.Contains(setting.Name.LocalName))
            select $"{file.Path} sets {setting.Name.LocalName} of its own: it stands in {Everywhere} for all.",
        new Breach("tests/A.Tests/A.Tests.csproj", "<Project><PropertyGroup><Nullable>disable</Nullable></PropertyGroup></Project>"),
        new Breach("src/A/A.csproj", "<Project><PropertyGroup><RunAnalyzers>false</RunAnalyzers></PropertyGroup></Project>"),
        new Breach("src/Directory.Build.props", "<Project><PropertyGroup><TreatWarningsAsErrors>false</TreatWarningsAsErrors></PropertyGroup></Project>"));

    [Fact]
    public void No_code_switches_a_warning_off() => Rule.Holds(
        repository =>
            from file in repository.CSharp
            from Match match in Regex.Matches(file.Text, @"^\s*#nullable (disable|restore)|\[(assembly: )?(System\.Diagnostics\.CodeAnalysis\.)?(Unconditional)?SuppressMessage\b", RegexOptions.Multiline)
            where file.Name != $"{nameof(AnalyzerTests)}.cs"
            select $"{file.Path}:{file.LineOf(match.Index)} switches a warning off: mend its cause.",
        new Breach("src/A.cs", "#nullable disable\nclass A;"),
        new Breach("src/A.cs", "[SuppressMessage(\"Design\", \"CA1031\")]\nclass A;"));

    [Fact]
    public void Wall_clock_unseeded_randomness_and_sleeping_are_banned_in_every_project() => Rule.Holds(
        repository => Banned
            .Where(symbol => !repository.One("BannedSymbols.txt").Lines.Any(line => line.StartsWith(symbol + ";", StringComparison.Ordinal)))
            .Select(symbol => $"BannedSymbols.txt does not ban {symbol}, or names nothing to use in its place.")
            .Concat(repository.Texts
                .Where(file => file.Name == ".editorconfig" && Regex.IsMatch(file.Text, @"RS0030\.severity\s*=\s*(none|silent|suggestion)|analyzer_diagnostic\.severity\s*=\s*(none|silent)"))
                .Select(file => $"{file.Path} lets banned symbols pass.")),
        new Breach("BannedSymbols.txt", string.Join('\n', Banned.Skip(1).Select(symbol => symbol + ";Use another"))),
        new Breach("BannedSymbols.txt", string.Join('\n', Banned)),
        new Breach(("BannedSymbols.txt", string.Join('\n', Banned.Select(symbol => symbol + ";Use another"))), ("tests/.editorconfig", "dotnet_diagnostic.RS0030.severity = none")));

    [Fact]
    public void No_code_names_what_is_banned() => Rule.Holds(
        repository =>
            from file in repository.CSharp
            from Match match in Regex.Matches(CSharpText.CodeOf(file.Text), @"\bDateTime(Offset)?\.(Now|UtcNow|Today)\b|\bRandom\.Shared\b|\bThread\.Sleep\b|\bSystemClock\.Instance\b|\bnew Random\(\)")
            select $"{file.Path}:{file.LineOf(match.Index)} uses {match.Value}: time and randomness come in from outside, and nobody sleeps.",
        new Breach("src/A.cs", "var now = DateTime.UtcNow;"),
        new Breach("src/A.cs", "var now = DateTimeOffset.Now;"),
        new Breach("tests/A.cs", "Thread.Sleep(100);"),
        new Breach("src/A.cs", "var any = Random.Shared.Next();"),
        new Breach("src/A.cs", "var any = new Random();"));
}
