using System.Text.Json;
using KioskLink.Devices.Readers.Lines;

namespace KioskLink.Devices.Profiles;

/// <summary>What the part <c>line</c> of a profile must say; each problem names the field and the mend.</summary>
internal static class LineCheck
{
    private const int ShortestPause = 5;

    /// <summary>The first problem; null when there is none.</summary>
    public static string? FindProblem(DeviceProfile profile, DeviceProtocol protocol)
    {
        if (!LineProtocols.IsLines(protocol))
            return profile.Line is null ? null : $"\"line\" says how readings end and are spelled, and {DeviceProtocols.NameOf(protocol)} has frames of its own: remove \"line\".";
        if (profile.Secure.Count > 0)
            return $"a {DeviceProtocols.NameOf(protocol)} line has no protection: remove \"secure\".";
        var line = LineProtocols.SettingsOf(protocol, profile);
        return FindFormProblem(protocol, line.Form!.Value) ?? FindTextProblem(line) ?? FindTimeProblem(line) ?? FindCardProblem(profile, line.Form.Value);
    }

    private static string? FindFormProblem(DeviceProtocol protocol, LineForm form) => LineProtocols.FormsOf(protocol).Contains(form)
        ? null
        : $"\"line.form\": a {DeviceProtocols.NameOf(protocol)} line has no readings of the form {Name(form)}: write {string.Join(" or ", LineProtocols.FormsOf(protocol).Select(known => $"\"{Name(known)}\""))}.";

    private static string? FindTextProblem(LineSettings line)
    {
        if (line.Prefix.Length > LineSettings.LongestPrefix || line.Prefix.Any(character => character is < '!' or > '~'))
            return $"\"line.prefix\" takes 0 to {LineSettings.LongestPrefix} printable characters without blanks: mend it.";
        if (line.Letters.Any(letter => letter is < '!' or > '~' or ']'))
            return "\"line.letters\" takes the letters by which the scanner tells the kind of a code, such as \"ab\": mend it.";
        return line.Kinds.All(char.IsAsciiLetter) ? null : "\"line.kinds\" takes letters of AIM identifiers, such as \"ACFQ\": mend it.";
    }

    private static string? FindTimeProblem(LineSettings line)
    {
        if (line.PauseMs is < ShortestPause or > LineSettings.LongestMs)
            return $"\"line.pauseMs\" is {line.PauseMs}: write {ShortestPause} to {LineSettings.LongestMs} milliseconds.";
        return line.SameAgainMs is < 0 or > LineSettings.LongestMs
            ? $"\"line.sameAgainMs\" is {line.SameAgainMs}: write 0 to {LineSettings.LongestMs} milliseconds."
            : null;
    }

    private static string? FindCardProblem(DeviceProfile profile, LineForm form)
    {
        if (profile.Cards is not null && form == LineForm.Text)
            return "a scanner sends characters and no bits: remove \"cards\".";
        return profile.Keypad && form != LineForm.Decimal10 ? $"\"keypad\": keys come with the line form {Name(LineForm.Decimal10)} alone: write false." : null;
    }

    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
