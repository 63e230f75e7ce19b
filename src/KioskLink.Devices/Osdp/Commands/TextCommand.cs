using System.Text;
using KioskLink.Devices.Readers;

namespace KioskLink.Devices.Osdp.Commands;

/// <summary>TEXT: shows a line on a reader's display, six bytes and the characters (ISO 8859-1, which holds Finnish and Swedish).</summary>
internal sealed class TextCommand(DisplayText text, int cells = TextCommand.MostCharacters) : OsdpCommand(CommandId.Text)
{
    private const int HeaderSize = 6;
    private const byte PermanentWrapped = 2, TemporaryWrapped = 4;

    /// <summary>Longer texts are cut, and those that the display's cells do not hold.</summary>
    public const int MostCharacters = LargestData - HeaderSize;

    private readonly DisplayText _text = text;

    public override bool Supersedes(OsdpCommand older) =>
        older is TextCommand { _text: var other } && other.Reader == _text.Reader && other.Row == _text.Row && other.Column == _text.Column
        && (other.ShowFor is null) == (_text.ShowFor is null);

    public override int Write(Span<byte> data)
    {
        var characters = _text.Text.AsSpan(0, Math.Min(_text.Text.Length, Math.Min(cells, MostCharacters)));
        data[0] = _text.Reader;
        data[1] = _text.ShowFor is null ? PermanentWrapped : TemporaryWrapped;
        data[2] = (byte)Math.Clamp(Math.Ceiling(_text.ShowFor?.TotalSeconds ?? 0), 0, byte.MaxValue);
        data[3] = _text.Row;
        data[4] = _text.Column;
        data[5] = (byte)Encoding.Latin1.GetBytes(characters, data[HeaderSize..]);
        return HeaderSize + data[5];
    }
}
