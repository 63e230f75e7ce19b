using System.Globalization;
using System.Text;

namespace KioskLink.Devices.Virtual;

/// <summary>A converter from a Wiegand line to a serial one, with a reader and a keypad at its far end. It shares no code with the other side.</summary>
/// <param name="facilityHex">It sends facility and number as six hexadecimal digits (WIE232-A); else a number of ten decimal digits (S4A).</param>
public sealed class VirtualWiegandConverter(bool facilityHex) : VirtualDevice
{
    /// <summary>Holds a card before the reader.</summary>
    /// <param name="facility">The facility, 0 to 255.</param>
    /// <param name="number">The number, 0 to 65 535.</param>
    public void Present(int facility, int number) => Say(facilityHex
        ? string.Create(CultureInfo.InvariantCulture, $"{facility:X2}{number:X4}\r")
        : string.Create(CultureInfo.InvariantCulture, $"{(long)facility * 65536 + number:D10}\r\n"));

    /// <summary>Presses a key; a converter without keys says nothing.</summary>
    public void Press(char key) => Say(facilityHex ? "" : $"{key}");

    /// <inheritdoc />
    protected override void LosePower()
    {
    }

    /// <inheritdoc />
    protected override void Receive(ReadOnlySpan<byte> bytes)
    {
    }

    private void Say(string characters) => Change(() =>
    {
        if (Powered)
            Send(Encoding.ASCII.GetBytes(characters));
    });
}
