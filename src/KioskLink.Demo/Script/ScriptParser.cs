using System.Globalization;
using KioskLink.Protos.Types.V1;

namespace KioskLink.Demo.Script;

/// <summary>Reads demo scripts: one step a line. A bad line is a <see cref="ScriptException"/> that names it.</summary>
internal static class ScriptParser
{
    private const int MaxCardLength = 64;
    private const int MaxPinLength = 16;
    private static readonly TimeSpan MaxWait = TimeSpan.FromHours(1);

    /// <summary>Reads a whole script; empty lines are dropped.</summary>
    public static IReadOnlyList<Step> Parse(IEnumerable<string> lines) =>
        [.. lines.Select((text, index) => ParseLine(text, index + 1)).OfType<Step>()];

    /// <summary>Reads one line; null when it is empty.</summary>
    public static Step? ParseLine(string text, int line)
    {
        var trimmed = text.Trim();
        if (trimmed.Length == 0)
        {
            return null;
        }
        if (trimmed.StartsWith('#'))
        {
            return new CommentStep(line, trimmed);
        }
        return ParseWords(trimmed, trimmed.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries), line);
    }

    private static Step ParseWords(string text, string[] words, int line) => words switch
    {
        ["card", var number] when number.Length <= MaxCardLength => new CardStep(line, text, number),
        ["pin", var digits] => Pin(digits, line),
        ["expect", var code] => new ExpectStep(line, text, Code(code, line), Source.Unspecified),
        ["expect", var code, var source] => new ExpectStep(line, text, Code(code, line), SourceOf(source, line)),
        ["door", var action] => new DoorStep(line, text, OneOf<DoorAction>(action, line)),
        ["network", var action] => new NetworkStep(line, text, OneOf<NetworkAction>(action, line)),
        ["ban", var customer, var kind] => new BanStep(line, text, customer, KindOf(kind, line), Lift: false),
        ["lift", var customer, var kind] => new BanStep(line, text, customer, KindOf(kind, line), Lift: true),
        ["reader", "unplug"] => new ReaderStep(line, text, Plug: false),
        ["reader", "replug"] => new ReaderStep(line, text, Plug: true),
        [("node" or "register") and var program, "kill"] => new ProgramStep(line, text, OneOf<ProgramName>(program, line), Start: false),
        [("node" or "register") and var program, "start"] => new ProgramStep(line, text, OneOf<ProgramName>(program, line), Start: true),
        [("checkout" or "renew") and var act, var card, var item, .. var rest] when card.Length <= MaxCardLength && item.Length <= MaxCardLength =>
            new MachineStep(line, text, OneOf<MachineAction>(act, line), card, item, IsRefused(rest, line)),
        ["checkin", var item, .. var rest] when item.Length <= MaxCardLength => new MachineStep(line, text, MachineAction.Checkin, "", item, IsRefused(rest, line)),
        ["wait", var time] => new WaitStep(line, text, TimeOf(time, line)),
        ["settled"] => new SettledStep(line, text),
        _ => throw Unknown(words[0], line),
    };

    private static bool IsRefused(string[] rest, int line) =>
        rest.Length == 0 ? false : rest is ["refused"] ? true : throw new ScriptException(line, "behind the item stands nothing, or 'refused' where the machine is to say no");

    private static PinStep Pin(string digits, int line)
    {
        if (digits.Length > MaxPinLength || !digits.All(char.IsAsciiDigit))
        {
            throw new ScriptException(line, $"a PIN is at most {MaxPinLength} digits");
        }
        return new PinStep(line, "pin " + new string('*', digits.Length), digits);
    }

    private static DecisionCode Code(string word, int line)
    {
        var code = Words.CodeOf(word);
        return code != DecisionCode.Unspecified ? code : throw new ScriptException(line, $"'{word}' is no decision code; write one as GRANTED or PIN_WRONG");
    }

    private static Source SourceOf(string word, int line) => word switch
    {
        "REGISTER" => Source.Register,
        "REPLICA" => Source.Replica,
        _ => throw new ScriptException(line, $"'{word}' is no source; write REGISTER or REPLICA"),
    };

    private static BanKind KindOf(string word, int line) => word switch
    {
        "use" => BanKind.Use,
        "loan" => BanKind.Loan,
        "self-service" => BanKind.SelfService,
        _ => throw new ScriptException(line, $"'{word}' is no kind of ban; write use, loan or self-service"),
    };

    private static TEnum OneOf<TEnum>(string word, int line)
        where TEnum : struct, Enum
    {
        var names = Enum.GetNames<TEnum>().Select(name => name.ToLowerInvariant()).ToList();
        return names.Contains(word)
            ? Enum.Parse<TEnum>(word, ignoreCase: true)
            : throw new ScriptException(line, $"'{word}' is not known here; write one of {string.Join(", ", names)}");
    }

    private static TimeSpan TimeOf(string word, int line)
    {
        var unit = word.TrimStart([.. "0123456789."]);
        var scale = unit switch { "ms" => 1.0, "s" => 1000.0, "m" => 60_000.0, _ => 0.0 };
        var isNumber = double.TryParse(word.AsSpan(0, word.Length - unit.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number);
        var milliseconds = number * scale;
        if (!isNumber || scale == 0 || milliseconds > MaxWait.TotalMilliseconds)
        {
            throw new ScriptException(line, $"'{word}' is no time; write it as 300ms, 2s or 1m, at most {MaxWait.TotalMinutes:0}m");
        }
        return TimeSpan.FromMilliseconds(milliseconds);
    }

    /// <summary>Names the first word only: a mistyped line may hold a PIN.</summary>
    private static ScriptException Unknown(string word, int line) =>
        new(line, $"cannot read this step, which begins with '{(word.All(char.IsAsciiLetter) ? word : "…")}'; " +
                  "write card, pin, expect, door, network, ban, lift, reader, node, register, checkout, checkin, renew, wait, settled or # comment");
}
