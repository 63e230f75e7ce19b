using System.Text.Json;
using KioskLink.Devices.Osdp;
using KioskLink.Devices.Readers;
using KioskLink.Devices.Readers.Lines;
using KioskLink.Devices.Relays;
using KioskLink.Devices.Serial;

namespace KioskLink.Devices.Profiles;

/// <summary>What a profile must say; each problem names the field and the mend.</summary>
internal static class ProfileCheck
{
    /// <summary>The most lights, inputs or outputs that a device can count (SIA OSDP 2.2: one byte).</summary>
    private const int MostParts = 255;

    /// <summary>The first problem; null when there is none.</summary>
    public static string? FindProblem(DeviceProfile profile) =>
        FindMissing(profile)
        ?? FindLineProblem(profile)
        ?? FindCount("leds", profile.Leds) ?? FindCount("outputs", profile.Outputs) ?? FindCount("inputs", profile.Inputs)
        ?? FindSupervisionProblem(profile)
        ?? FindDisplayProblem(profile.Display)
        ?? (profile.Cards is { } cards ? FindCardProblem(profile, cards) : null);

    /// <summary>What a field takes, as the end of a sentence.</summary>
    public static string Mend(string field) => field.Split('[')[0] switch
    {
        "protocol" => $"write {string.Join(" or ", DeviceProtocols.All.Select(name => $"\"{name}\""))}",
        "bauds" => "write a list of speeds, such as [9600, 38400]",
        "secure" => "write a list of \"scbk\" and \"clear\"",
        "reader" or "keypad" or "buzzer" or "outputsTimed" or "cards.parity" => "write true or false",
        "leds" or "outputs" or "inputs" => $"write a number from 0 to {MostParts}",
        "supervisedInputs" => "write the first input of each two, such as [0, 2]",
        "display" or "display.rows" or "display.columns" => "write both sides in characters, such as { \"rows\": 2, \"columns\": 16 }",
        "cards.encoding" => $"write {OneOf<CardEncoding>()}",
        "cards.byteOrder" => $"write {OneOf<UidOrder>()}",
        "cards.minBits" or "cards.maxBits" => "write a number of bits",
        "line.end" => $"write {OneOf<LineEnd>()}",
        "line.form" => $"write {OneOf<LineForm>()}",
        "line.commands" => $"write {OneOf<HostCommandSet>()}",
        "line.pauseMs" or "line.sameAgainMs" => $"write milliseconds up to {LineSettings.LongestMs}",
        "line.prefix" or "line.letters" or "line.kinds" => "write characters between quotation marks",
        "twn4.crc" or "twn4.lowFrequency" => "write true or false",
        "twn4.pollMs" or "twn4.sameAgainMs" => "write milliseconds",
        "twn4" => "write at least one key, such as { \"pollMs\": 75 }",
        "line" => "write at least one key, such as { \"end\": \"cr\" }",
        "cards" => "write at least the encoding, such as { \"encoding\": \"bcd\" }",
        _ => "write a text",
    };

    private static string? FindMissing(DeviceProfile profile)
    {
        var missing = profile.Model.Length == 0 ? "model" : profile.Maker.Length == 0 ? "maker" : profile.Protocol is null ? "protocol" : null;
        return missing is null ? null : $"the key \"{missing}\" is missing: {Mend(missing)}.";
    }

    private static string? FindLineProblem(DeviceProfile profile)
    {
        if (profile.Bauds.Count == 0 || !profile.Bauds.All(SerialPort.Supports))
            return "\"bauds\" needs one or more of 9600, 19200, 38400, 57600, 115200, 230400.";
        if (profile.Twn4 is not null && profile.Protocol != DeviceProtocol.Twn4)
            return "\"twn4\" says how a TWN4 is set up, and this is none: remove it.";
        return profile.Protocol switch
        {
            DeviceProtocol.Osdp when profile.Secure.Count == 0 || profile.Secure.Contains(SecureMode.Install) =>
                "\"secure\" says what protects the line for good: write one or both of \"scbk\" and \"clear\".",
            { } protocol when DeviceProtocols.IsRelays(protocol) => FindRelayProblem(profile, protocol),
            DeviceProtocol.Twn4 => LineCheck.FindProblem(profile, DeviceProtocol.Twn4) ?? FindTwn4Problem(profile),
            { } protocol => LineCheck.FindProblem(profile, protocol),
            _ => null,
        };
    }

    private static string? FindTwn4Problem(DeviceProfile profile) => profile.Secure.Count > 0
        ? "a twn4 line has no protection: remove \"secure\"."
        : profile.Keypad ? "\"keypad\": a TWN4 has no keys: write false." : profile.Twn4?.Problem;

    private static string? FindRelayProblem(DeviceProfile profile, DeviceProtocol protocol)
    {
        if (LineCheck.FindProblem(profile, protocol) is { } line)
            return line;
        if (profile.Secure.Count > 0)
            return $"a {DeviceProtocols.NameOf(protocol)} line has no protection: remove \"secure\".";
        return profile.Outputs == 0 ? "a relay board has relays: write how many under \"outputs\"." : null;
    }

    private static string? FindCount(string field, int count) =>
        count is < 0 or > MostParts ? $"\"{field}\" is {count}: {Mend(field)}." : null;

    private static string? FindSupervisionProblem(DeviceProfile profile) => profile.SupervisedInputs.Count == 0
        ? null
        : profile.Protocol is { } protocol && DeviceProtocols.IsRelays(protocol)
            ? SupervisedInputs.FindProblem(profile.SupervisedInputs, profile.Inputs)
            : "\"supervisedInputs\" is for relay boards: other devices watch their lines themselves; remove it.";

    private static string? FindDisplayProblem(DisplaySize? display) =>
        display is { Rows: < 1 or > MostParts } or { Columns: < 1 or > MostParts } ? $"\"display\" shows nothing or too much: {Mend("display")}." : null;

    private static string? FindCardProblem(DeviceProfile profile, CardMapping cards)
    {
        if (!profile.Reader)
            return "\"cards\" says how cards are spelled, and the device reads none: write \"reader\": true, or remove \"cards\".";
        var (least, most) = (cards.MinBits, cards.MaxBits ?? cards.MostBits);
        if (least < 1 || least > most || most > cards.MostBits)
            return $"\"cards\" takes {least} to {most} bits: {Name(cards.Encoding)} takes 1 to {cards.MostBits}; mend \"minBits\" and \"maxBits\".";
        if (cards.Parity && cards.Wiegand is not null)
            return $"\"cards\": {Name(cards.Encoding)} has its parity bits anyway: remove \"parity\".";
        return cards.ByteOrder != UidOrder.AsRead && cards.Encoding is not (CardEncoding.Hex or CardEncoding.Decimal)
            ? $"\"cards\": only hex and decimal have a \"byteOrder\", and {Name(cards.Encoding)} has none: remove it."
            : null;
    }

    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private static string OneOf<T>()
        where T : struct, Enum => string.Join(" or ", Enum.GetValues<T>().Select(value => $"\"{Name(value)}\""));
}
