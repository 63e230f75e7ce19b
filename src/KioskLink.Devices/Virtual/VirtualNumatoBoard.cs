using System.Globalization;
using System.Text;

namespace KioskLink.Devices.Virtual;

/// <summary>A Numato USB relay board: a line of text ended by CR, repeated, answered and followed by a prompt.</summary>
/// <param name="outputs">How many relays.</param>
public sealed class VirtualNumatoBoard(int outputs = 4) : VirtualRelayBoard(outputs)
{
    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUV";
    private readonly StringBuilder _typed = new();

    /// <inheritdoc />
    protected override void LosePower()
    {
        base.LosePower();
        _typed.Clear();
    }

    /// <inheritdoc />
    protected override void Receive(ReadOnlySpan<byte> bytes)
    {
        foreach (var character in bytes)
            if (character != '\r')
                _typed.Append((char)character);
            else
                Execute();
    }

    private void Execute()
    {
        var line = _typed.ToString();
        _typed.Clear();
        var answer = line.Split(' ') switch
        {
            ["relay", ("on" or "off") and var verb, [var digit]] when Digits.IndexOf(digit) is >= 0 and var output && output < Count => Obey(() => Switch(output, verb == "on")),
            ["relay", "read", [var digit]] when Digits.IndexOf(digit) is >= 0 and var output && output < Count => $"\n\r{(IsOn(output) ? "on" : "off")}",
            ["relay", "readall"] => $"\n\r{States().ToString($"x{Math.Max(2, (Count + 3) / 4)}", CultureInfo.InvariantCulture)}",
            ["relay", "writeall", var digits] when uint.TryParse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var states) => Obey(() => SetAll(states)),
            ["ver"] => "\n\rA0000001",
            [""] => "",
            _ => "\n\runknown command",
        };
        Send(Encoding.ASCII.GetBytes($"{line}{answer}\n\r>"));
    }

    private static string Obey(Action act)
    {
        act();
        return "";
    }

    private uint States()
    {
        var states = 0u;
        for (var output = 0; output < Count; output++)
            states |= IsOn(output) ? 1u << output : 0;
        return states;
    }

    private void SetAll(uint states)
    {
        for (var output = 0; output < Count; output++)
            Switch(output, (states >> output & 1) != 0);
    }
}
