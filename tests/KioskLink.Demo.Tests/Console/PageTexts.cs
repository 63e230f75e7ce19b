using System.Text.Json;
using KioskLink.Testing;

namespace KioskLink.Demo.Tests.Console;

/// <summary>The console's texts as they lie in the repository.</summary>
internal static class PageTexts
{
    /// <summary>The texts of a language by key.</summary>
    public static IReadOnlyDictionary<string, string> Load(string language) => JsonSerializer.Deserialize<Dictionary<string, string>>(
        File.ReadAllText(Path.Combine(SolutionRoot.Path, "src/KioskLink.Register/Console/Texts", $"{language}.json")))!;
}
