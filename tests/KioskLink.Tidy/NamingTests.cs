using System.Text.RegularExpressions;
using KioskLink.Tidy.Reading;

namespace KioskLink.Tidy;

/// <summary>Names that would break something, or tie the code to one customer.</summary>
public sealed class NamingTests
{
    private static readonly string[] MayNameSamples = ["src/KioskLink.Demo/"];

    [Fact]
    public void No_namespace_hides_Grpc_Core() => Rule.Holds(
        repository =>
            from file in repository.CSharp
            where Regex.IsMatch(CSharpText.CodeOf(file.Text), @"\bnamespace\s+KioskLink\s*\.\s*Grpc\b(?!\.Tests)")
            select $"{file.Path} is in a namespace in which `Grpc.Core` cannot be named (CS0234).",
        new Breach("src/KioskLink.Grpc/A.cs", "namespace KioskLink.Grpc.Server;"));

    [Fact]
    public void No_code_names_a_consortium() => Rule.Holds(
        repository =>
            from file in repository.Under("src", ".cs")
            where !MayNameSamples.Any(file.Path.StartsWith)
            from Match match in Regex.Matches(file.Text, @"\b(lastu|heili|helmet)\b", RegexOptions.IgnoreCase)
            select $"{file.Path} names {match.Value}: what differs between consortiums belongs into the profiles.",
        new Breach("src/KioskLink.Rules/A.cs", "var isLahti = consortium == \"lastu\";"));

    [Fact]
    public void No_folder_is_a_drawer() => Rule.Holds(
        repository =>
            from file in repository.CSharp
            from part in file.Path.Split('/')
            where part is "Common" or "Utils" or "Util" or "Helpers" or "Misc" or "Shared"
            select $"{file.Path}: a folder is a room named by its subject.",
        new Breach("src/KioskLink.Rules/Utils/Dates.cs", ""));
}
