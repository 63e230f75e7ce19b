using System.Globalization;
using KioskLink.Devices.Virtual;

namespace KioskLink.Cli.Devices;

/// <summary>A virtual device with its line, and what people do with it in words.</summary>
internal sealed class EmulatedDevice : IDisposable
{
    private const int LongestChip = 10;
    private const byte MifareChip = 0x80;
    private readonly VirtualDevice _device;
    private readonly VirtualLine _line;
    private readonly Lock _gate = new();
    private string _told = "";

    private EmulatedDevice(VirtualDevice device, VirtualLine line)
    {
        (_device, _line) = (device, line);
        _device.Changed += Tell;
    }

    /// <summary>What can be played.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["reader", "io", "scanner", "twn4", "uid-ascii", "wiegand", "modbus-rtu", "kmtronic", "lctech", "numato", "devantech"];

    /// <summary>Its state, in words, is another than before.</summary>
    public event Action? Changed;

    /// <summary>The port.</summary>
    public string Path => _line.Path;

    /// <summary>What a person sees of it.</summary>
    public string State => _device switch
    {
        VirtualReader reader => $"light {reader.Light.ToString().ToLowerInvariant()}, text \"{reader.Text}\", tones {reader.Tones}, {(reader.Secured ? "secure" : "clear")}",
        VirtualIoModule module => $"outputs {Words(module.Outputs)}, {(module.Secured ? "secure" : "clear")}",
        VirtualRelayBoard board => $"outputs {Words(board.Outputs)}",
        VirtualScanner scanner => scanner.Enabled ? "reads codes" : "switched off",
        VirtualTwn4 reader => $"lights {Lights(reader.Lights)}, tones {reader.Tones}, {(reader.Searches > 0 ? "looks for cards" : "waits")}",
        _ => "",
    };

    /// <summary>Makes a device of a kind on a port of that name.</summary>
    public static EmulatedDevice Create(string kind, string path, byte address, int baud, byte[]? key, TimeProvider clock)
    {
        VirtualDevice device = kind switch
        {
            "reader" => new VirtualReader(address, key),
            "io" => new VirtualIoModule(address, key),
            "scanner" => new VirtualScanner(),
            "twn4" => new VirtualTwn4(),
            "uid-ascii" => new VirtualUidReader(UidSpelling.Line),
            "wiegand" => new VirtualWiegandConverter(facilityHex: true),
            "modbus-rtu" => new VirtualModbusBoard(address),
            "kmtronic" => new VirtualKmTronicBoard(),
            "lctech" => new VirtualLcTechBoard(),
            "numato" => new VirtualNumatoBoard(),
            _ => new VirtualDevantechBoard(),
        };
        return new EmulatedDevice(device, new VirtualLine(path, baud, [device], clock));
    }

    /// <summary>Does what a line says; null when it was understood, else a sentence. What was typed is not repeated: it may be a PIN.</summary>
    public string? Do(string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        try
        {
            return Do(words) ? null : "This device knows: card NUMBER, keys DIGITS (reader); tamper on|off (reader); scan CODE (scanner); chip ID, chip away (twn4); chip ID (uid-ascii); wiegand FACILITY NUMBER (wiegand); input N on|off (io); power on|off, unplug, replug, quit.";
        }
        catch (ArgumentException wrong)
        {
            return $"That is not possible: {wrong.Message.Split(" (Parameter", 2)[0]}.";
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _line.Dispose();

    private bool Do(string[] words) => (_device, words) switch
    {
        (VirtualReader reader, ["card", var number]) => Done(() => reader.PresentCard(number)),
        (VirtualReader reader, ["keys", var keys]) => Done(() => reader.TypeKeys(keys)),
        (VirtualReader reader, ["tamper", var state]) => Switch(state, reader.SetTamper),
        (VirtualScanner scanner, ["scan", var code]) => Done(() => scanner.Scan(code)),
        (VirtualTwn4 reader, ["chip", "away"]) => Done(reader.Remove),
        (VirtualTwn4 reader, ["chip", var id]) when Chip(id) is { } bytes => Done(() => reader.Present(MifareChip, bytes)),
        (VirtualUidReader reader, ["chip", var id]) when Chip(id) is { } bytes => Done(() => reader.Present(bytes)),
        (VirtualWiegandConverter converter, ["wiegand", var facility, var card]) when Number(facility) is >= 0 and <= byte.MaxValue and var at && Number(card) is >= 0 and <= ushort.MaxValue and var number =>
            Done(() => converter.Present(at, number)),
        (VirtualIoModule module, ["input", var input, var state]) when Number(input) is >= 0 and < 4 and var number => Switch(state, on => module.SetInput(number, on)),
        (_, ["power", var state]) => Switch(state, on => { if (on) _device.PowerOn(); else _device.PowerOff(); }),
        (_, ["unplug"]) => Done(_line.Unplug),
        (_, ["replug"]) => Done(_line.Replug),
        _ => false,
    };

    private static bool Switch(string state, Action<bool> set) => state is "on" or "off" && Done(() => set(state == "on"));

    private static int Number(string word) => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;

    // The id of a chip as hexadecimal digits; null where it is none.
    private static byte[]? Chip(string digits) =>
        digits.Length is > 0 and <= 2 * LongestChip && digits.Length % 2 == 0 && digits.All(char.IsAsciiHexDigit) ? Convert.FromHexString(digits) : null;

    private static bool Done(Action act)
    {
        act();
        return true;
    }

    private void Tell()
    {
        lock (_gate)
        {
            if (State == _told)
                return;
            _told = State;
        }
        Changed?.Invoke();
    }

    private static string Words(IReadOnlyList<bool> outputs) => string.Join(' ', outputs.Select((on, index) => $"{index}={(on ? "on" : "off")}"));

    private static string Lights(int lights) => lights == 0 ? "off" : string.Join('+', new[] { (1, "red"), (2, "green"), (4, "yellow") }.Where(light => (lights & light.Item1) != 0).Select(light => light.Item2));
}
