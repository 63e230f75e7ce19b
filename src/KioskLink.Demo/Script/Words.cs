using Google.Protobuf.Reflection;
using KioskLink.Protos.Types.V1;

namespace KioskLink.Demo.Script;

/// <summary>Writes codes as people do: `GRANTED`, without the prefix of the wire.</summary>
internal static class Words
{
    /// <summary>`PIN_WRONG`.</summary>
    public static string Of(DecisionCode code) => Of(DecisionReflection.Descriptor, "DecisionCode", (int)code);

    /// <summary>`REGISTER` or `REPLICA`.</summary>
    public static string Of(Source source) => Of(DecisionReflection.Descriptor, "Source", (int)source);

    /// <summary>`UNLOCKED`, `NOT_MOVED` or `ABANDONED`.</summary>
    public static string Of(Outcome outcome) => Of(JournalReflection.Descriptor, "Outcome", (int)outcome);

    /// <summary>The code that a word means; unspecified when it means none.</summary>
    public static DecisionCode CodeOf(string word) => (DecisionCode)
        (DecisionReflection.Descriptor.EnumTypes.Single(type => type.Name == "DecisionCode").FindValueByName("DECISION_CODE_" + word)?.Number ?? 0);

    private static string Of(FileDescriptor file, string typeName, int number)
    {
        var type = file.EnumTypes.Single(candidate => candidate.Name == typeName);
        var values = type.Values;
        var prefix = values[0].Name[..^"UNSPECIFIED".Length];
        return type.FindValueByNumber(number)?.Name[prefix.Length..] ?? number.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }
}
