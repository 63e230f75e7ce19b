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
        ["KioskLink.Cli"] = ["KioskLink.Grpc", "KioskLink.Protos", "KioskLink.Rules", "KioskLink.Devices", "KioskLink.Sip2"],
        ["KioskLink.Demo"] = ["KioskLink.Grpc", "KioskLink.Protos", "KioskLink.Devices", "KioskLink.Sip2"],
    };

    // The demo runs these as processes: they are built with it, their assemblies stay theirs.
    private static readonly string[] BuiltWithTheDemo = ["KioskLink.Register", "KioskLink.Node", "KioskLink.Cli"];

    [Fact]
    public void Every_arrow_of_src_is_in_the_table() => Rule.Holds(
        repository =>
            from project in repository.Under("src", ".csproj")
            let name = NameOf(project)
            from arrow in Arrows(project)
            where !MayPoint(name, arrow)
            select $"{project.Path} references {arrow.To}: the table in {nameof(ProjectArrowTests)} does not allow it.",
        Pointing("KioskLink.Rules", """<ProjectReference Include="../KioskLink.Node/KioskLink.Node.csproj" />"""),
        Pointing("KioskLink.Devices", """<ProjectReference Include="../KioskLink.Grpc/KioskLink.Grpc.csproj" />"""),
        Pointing("KioskLink.Demo", """<ProjectReference Include="../KioskLink.Node/KioskLink.Node.csproj" />"""),
        Pointing("KioskLink.Cli", """<ProjectReference Include="../KioskLink.Node/KioskLink.Node.csproj" ReferenceOutputAssembly="false" />"""),
        Pointing("KioskLink.Node", """<Reference Include="../KioskLink.Register/bin/KioskLink.Register.dll" />"""));

    [Fact]
    public void Every_project_of_src_is_in_the_table() => Rule.Holds(
        repository => repository.Under("src", ".csproj").Select(NameOf).Except(MayReference.Keys).Select(name => $"{name} is in no row of the table in {nameof(ProjectArrowTests)}."),
        Pointing("KioskLink.Extras", ""));

    [Fact]
    public void Every_project_is_in_the_solution() => Rule.Holds(
        repository =>
        {
            var solution = repository.One("KioskLink.sln").Text.Replace('\\', '/');
            return repository.Projects.Where(project => !solution.Contains(project.Path, StringComparison.Ordinal))
                .Select(project => $"{project.Path} is not in KioskLink.sln: `dotnet sln add` it.");
        },
        new Breach(("KioskLink.sln", @"""src\KioskLink.Rules\KioskLink.Rules.csproj"""), ("tests/KioskLink.Rules.Tests/KioskLink.Rules.Tests.csproj", "<Project/>")));

    [Fact]
    public void Fakes_know_no_project_of_src() => Rule.Holds(
        repository => repository.Under("tests/KioskLink.Testing", ".csproj").SelectMany(Arrows).Select(arrow => $"KioskLink.Testing references {arrow.To}: fakes know no project of src."),
        new Breach("tests/KioskLink.Testing/KioskLink.Testing.csproj", """<Project><ItemGroup><ProjectReference Include="../../src/KioskLink.Rules/KioskLink.Rules.csproj" /></ItemGroup></Project>"""));

    [Fact]
    public void Versions_of_packages_stand_in_one_place() => Rule.Holds(
        repository =>
            from project in repository.Projects
            from package in XDocument.Parse(project.Text).Descendants("PackageReference")
            where package.Attribute("Version") is not null || package.Attribute("VersionOverride") is not null
            select $"{project.Path} pins {(string?)package.Attribute("Include")}: the version belongs into Directory.Packages.props.",
        Pointing("KioskLink.Rules", """<PackageReference Include="NodaTime" Version="3.0.0" />"""),
        Pointing("KioskLink.Rules", """<PackageReference Include="NodaTime" VersionOverride="3.0.0" />"""));

    private static Breach Pointing(string project, string item) =>
        new($"src/{project}/{project}.csproj", $"<Project><ItemGroup>{item}</ItemGroup></Project>");

    private static bool MayPoint(string from, (string To, bool HoldsAssembly) arrow) =>
        (arrow.HoldsAssembly ? MayReference.GetValueOrDefault(from, []) : from == "KioskLink.Demo" ? BuiltWithTheDemo : []).Contains(arrow.To);

    private static IEnumerable<(string To, bool HoldsAssembly)> Arrows(RepositoryFile project) =>
        XDocument.Parse(project.Text).Descendants().Where(item => item.Name.LocalName is "ProjectReference" or "Reference").Select(arrow => (
            Path.GetFileNameWithoutExtension((string)arrow.Attribute("Include")!),
            (string?)arrow.Attribute("ReferenceOutputAssembly") != "false"));

    private static string NameOf(RepositoryFile project) => Path.GetFileNameWithoutExtension(project.Path);
}
