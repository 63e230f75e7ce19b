using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;

namespace KioskLink.Register.Console.Texts;

/// <summary>The texts of the pages in every language, one JSON file each, embedded in the assembly. Immutable.</summary>
internal sealed class ConsoleTexts
{
    private readonly FrozenDictionary<string, Words> _languages =
        PageLanguage.All.ToFrozenDictionary(language => language, language => new Words(language, Load(language)));

    /// <summary>The texts of a language.</summary>
    public Words In(string language) => _languages[language];

    /// <summary>The file of a language, key by key.</summary>
    public static FrozenDictionary<string, string> Load(string language)
    {
        using var file = Assembly.GetExecutingAssembly().GetManifestResourceStream($"KioskLink.Register.Console.Texts.{language}.json")!;
        return JsonSerializer.Deserialize<Dictionary<string, string>>(file)!.ToFrozenDictionary();
    }
}
