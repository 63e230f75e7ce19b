using System.Text.RegularExpressions;
using KioskLink.Tidy.Reading;

namespace KioskLink.Tidy;

/// <summary>Names that would break something, or tie the code to one customer.</summary>
public sealed class NamingTests
{
    private static readonly string[] MayNameSamples = ["src/KioskLink.Demo/"];

    [Fact]
    public void No_namespace_hides_Grpc_Core() =>
        Verdict.None(
            from file in RepositoryFiles.CSharp
            where Regex.IsMatch(CSharpText.CodeOf(file.Text), @"\bnamespace\s+KioskLink\s*\.\s*Grpc\b(?!\.Tests)")
            select $"{file.Path} is in a namespace in which `Grpc.Core` cannot be named (CS0234).");

    [Fact]
    public void No_code_names_a_consortium() =>
        Verdict.None(
            from file in RepositoryFiles.Under("src", ".cs")
            where !MayNameSamples.Any(file.Path.StartsWith)
            from Match match in Regex.Matches(file.Text, @"\b(lastu|heili|helmet)\b", RegexOptions.IgnoreCase)
            select $"{file.Path} names {match.Value}: what differs between consortiums belongs into the profiles.");

    [Fact]
    public void A_proto_file_holds_one_service_at_most_and_is_named_after_it() =>
        Verdict.None(
            from file in RepositoryFiles.Under("protos/kiosklink", ".proto")
            let services = Regex.Matches(file.Text, @"^service (\w+)", RegexOptions.Multiline).Select(match => match.Groups[1].Value).ToList()
            let named = services.Count == 1 ? SnakeCase(services[0]) + ".proto" : null
            where services.Count > 1 || services.Count == 1 && file.Name != named || services.Count == 0 && file.Name.Contains("service")
            select $"{file.Path} holds {string.Join(", ", services)}: one service a file, `{named ?? "noun_service.proto"}`.");

    [Fact]
    public void No_folder_is_a_drawer() =>
        Verdict.None(
            from file in RepositoryFiles.CSharp
            from part in file.Path.Split('/')
            where part is "Common" or "Utils" or "Util" or "Helpers" or "Misc" or "Shared"
            select $"{file.Path}: a folder is a room named by its subject.");

    private static string SnakeCase(string name) => Regex.Replace(name, "(?<!^)([A-Z])", "_$1").ToLowerInvariant();
}
