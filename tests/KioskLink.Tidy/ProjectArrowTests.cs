using System.Xml.Linq;
using KioskLink.Tidy.Reading;

namespace KioskLink.Tidy;

/// <summary>Which project may reference which: arrows point down, and no program holds another's assembly.</summary>
public sealed class ProjectArrowTests
{
    private static readonly Dictionary<string, string[]> MayReference = new()
    {
        ["KioskLink.Grpc"] = [],
        ["KioskLink.Rules"] = [],
        ["KioskLink.Sip2"] = [],
        ["KioskLink.Protos"] = ["KioskLink.Grpc"],
        ["KioskLink.Devices"] = ["KioskLink.Rules"],
        ["KioskLink.Node"] = ["KioskLink.Grpc", "KioskLink.Protos", "KioskLink.Rules", "KioskLink.Devices", "KioskLink.Sip2"],
        ["KioskLink.Register"] = ["KioskLink.Grpc", "KioskLink.Protos", "KioskLink.Rules", "KioskLink.Sip2"],
        ["KioskLink.Cli"] = ["KioskLink.Grpc", "KioskLink.Protos", "KioskLink.Rules", "KioskLink.Devices"],
        ["KioskLink.Demo"] = ["KioskLink.Grpc", "KioskLink.Protos", "KioskLink.Devices"],
    };

    // The demo runs these as processes: they are built with it, their assemblies stay theirs.
    private static readonly string[] BuiltWithTheDemo = ["KioskLink.Register", "KioskLink.Node", "KioskLink.Cli"];

    [Fact]
    public void Every_arrow_of_src_is_in_the_table() =>
        Verdict.None(
            from project in RepositoryFiles.Under("src", ".csproj")
            let name = NameOf(project)
            from arrow in Arrows(project)
            where !(arrow.HoldsAssembly ? MayReference[name] : name == "KioskLink.Demo" ? BuiltWithTheDemo : []).Contains(arrow.To)
            select $"{project.Path} references {arrow.To}: the table in {nameof(ProjectArrowTests)} does not allow it.");

    [Fact]
    public void Every_project_of_src_is_in_the_table() =>
        Verdict.None(RepositoryFiles.Under("src", ".csproj").Select(NameOf).Where(name => !MayReference.ContainsKey(name)));

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = RepositoryFiles.One("KioskLink.sln").Text.Replace('\\', '/');
        Verdict.None(RepositoryFiles.Under("src", ".csproj").Concat(RepositoryFiles.Under("tests", ".csproj"))
            .Where(project => !solution.Contains(project.Path, StringComparison.Ordinal))
            .Select(project => $"{project.Path} is not in KioskLink.sln: `dotnet sln add` it."));
    }

    [Fact]
    public void Fakes_know_no_project_of_src() =>
        Assert.Empty(Arrows(RepositoryFiles.One("tests/KioskLink.Testing/KioskLink.Testing.csproj")));

    [Fact]
    public void Versions_of_packages_stand_in_one_place() =>
        Verdict.None(
            from project in RepositoryFiles.Texts.Where(file => file.Name.EndsWith(".csproj", StringComparison.Ordinal))
            from package in XDocument.Parse(project.Text).Descendants("PackageReference")
            where package.Attribute("Version") is not null || package.Attribute("VersionOverride") is not null
            select $"{project.Path} pins {(string?)package.Attribute("Include")}: the version belongs into Directory.Packages.props.");

    private static IEnumerable<(string To, bool HoldsAssembly)> Arrows(RepositoryFile project) =>
        XDocument.Parse(project.Text).Descendants("ProjectReference").Select(arrow => (
            Path.GetFileNameWithoutExtension((string)arrow.Attribute("Include")!),
            (string?)arrow.Attribute("ReferenceOutputAssembly") != "false"));

    private static string NameOf(RepositoryFile project) => Path.GetFileNameWithoutExtension(project.Path);
}
