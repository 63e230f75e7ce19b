using System.Text;
using System.Threading.Channels;
using KioskLink.Devices.Osdp;
using KioskLink.Devices.Readers;
using KioskLink.Devices.Readers.Lines;
using KioskLink.Devices.Readers.Twn4;
using KioskLink.Devices.Tests.Bus;
using KioskLink.Devices.Tests.Relays;
using KioskLink.Devices.Virtual;
using KioskLink.Testing;

namespace KioskLink.Devices.Tests.Readers;

/// <summary>Traces of lines that are not OSDP, over real pseudo-terminals: whole pieces, nobody's card.</summary>
public sealed class LineTraceTests : IDisposable
{
    private const string Card = "24400000000012";
    private readonly TempFolder _folder = new();
    private readonly Channel<DeviceEvent> _events = DeviceEvent.CreateQueue();
    private readonly Inbox<(FrameDirection Direction, string Text, bool Masked)> _masked = new();
    private readonly Inbox<string> _asWritten = new();

    [Fact]
    public async Task A_scanners_line_is_shown_with_nobodys_number_and_as_it_is_only_to_who_may_see_it()
    {
        var scanner = new VirtualScanner { Prefix = "]A0", Suffix = "\r" };
        using var line = new VirtualLine(_folder["scanner"], 9600, [scanner], TimeProvider.System);
        await using var listener = new LineScanner(new() { Id = "scanner", Path = line.Path, QuietAfterOpen = TimeSpan.FromMilliseconds(50) }, _events.Writer, TimeProvider.System);
        listener.Trace(Show, (_, piece, _) => _asWritten.Post(Encoding.ASCII.GetString(piece)));
        Assert.Null(listener.Start());
        await _events.Reader.NextAsync<PortBack>();

        scanner.Scan(Card);

        Assert.Equal(Card, (await _events.Reader.NextAsync<CardScanned>()).Card.Number);
        Assert.Equal((FrameDirection.Received, "]A020000000000006\r", true), await _masked.NextWhere(piece => piece.Direction == FrameDirection.Received, "the scanner's line"));
        Assert.Equal($"]A0{Card}\r", await _asWritten.NextWhere(piece => piece.Contains(Card, StringComparison.Ordinal), "the line as it is"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_TWN4_shows_its_requests_and_no_id_and_its_check_field_is_right(bool check)
    {
        var twin = new VirtualTwn4(check);
        using var line = new VirtualLine(_folder["reader"], 9600, [twin], TimeProvider.System);
        await using var reader = new Twn4Reader(new() { Id = "reader", Path = line.Path, Settings = new Twn4Settings { Crc = check, PollMs = 20 } }, _events.Writer, TimeProvider.System);
        reader.Trace(Show, null);
        Assert.Null(reader.Start());
        await _events.Reader.NextAsync<DeviceOnline>();

        twin.Present(0x80, Convert.FromHexString("0458A2B26E4F80"));

        var (_, text, _) = await _masked.NextWhere(piece => piece.Masked, "the answer with the id");
        Assert.StartsWith("0001803807" + "00000000000000", text, StringComparison.Ordinal);
        Assert.NotNull(Twn4Frame.Read(Encoding.ASCII.GetBytes(text.TrimEnd('\r')), check, new byte[Twn4Frame.Longest]));
        Assert.StartsWith("0500", (await _masked.NextWhere(piece => piece.Direction == FrameDirection.Sent && piece.Text.StartsWith("0500", StringComparison.Ordinal), "a request")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("modbus-rtu")]
    [InlineData("kmtronic")]
    public async Task A_relay_board_shows_both_directions_as_they_are(string protocol)
    {
        await using var bench = RelayBench.Of(protocol);
        bench.Bus.Trace(Show, null);
        await bench.StartAsync();

        await bench.UnlockAsync(1);

        var sent = await _masked.NextWhere(piece => piece.Direction == FrameDirection.Sent, "a request");
        Assert.False(sent.Masked);
        await _masked.NextWhere(piece => piece is { Direction: FrameDirection.Received, Masked: false }, "an answer");
    }

    [Theory]
    [InlineData("]A024400000000012\r", "]A020000000000006\r")]
    [InlineData("E004010012345678\r", "0000000000000000\r")]
    [InlineData("5", "0")]
    [InlineData("\u000207001C7A5F3E\u0003", "\u0002000000000000\u0003")]
    [InlineData("Meikalainen Matti\r", "00000000000 00000\r")]
    public void What_was_read_is_nobodys_and_its_form_stays(string read, string shown)
    {
        var line = Encoding.ASCII.GetBytes(read);

        Assert.True(LineMask.Mask([], line));

        Assert.Equal(shown, Encoding.ASCII.GetString(line));
    }

    public void Dispose() => _folder.Dispose();

    private void Show(FrameDirection direction, ReadOnlySpan<byte> piece, bool masked) => _masked.Post((direction, Encoding.ASCII.GetString(piece), masked));
}
