using System.Threading.Channels;
using KioskLink.Devices.Readers;
using KioskLink.Devices.Readers.Lines;
using KioskLink.Devices.Tests.Bus;
using KioskLink.Devices.Virtual;
using KioskLink.Testing;

namespace KioskLink.Devices.Tests.Readers;

/// <summary>Card readers and converters that speak first, over a real pseudo-terminal, each as a virtual twin.</summary>
public sealed class LineReaderTests : IAsyncDisposable
{
    private static readonly byte[] Id = Convert.FromHexString("0458A2B26E4F80");
    private readonly TempFolder _folder = new();
    private readonly Channel<DeviceEvent> _events = DeviceEvent.CreateQueue();
    private readonly List<IDisposable> _lines = [];
    private LineScanner? _reader;

    [Theory]
    [InlineData(UidSpelling.Line, LineForm.Hex, LineEnd.Any)]
    [InlineData(UidSpelling.Framed, LineForm.Hex, LineEnd.Etx)]
    [InlineData(UidSpelling.Twn3Bits, LineForm.Twn3Bits, LineEnd.Cr)]
    [InlineData(UidSpelling.Twn3IndiTag, LineForm.Twn3IndiTag, LineEnd.Any)]
    public async Task An_id_in_each_spelling_is_one_card(UidSpelling spelling, LineForm form, LineEnd end)
    {
        var virtualReader = new VirtualUidReader(spelling);
        await StartAsync(virtualReader, new LineSettings { Form = form, End = end });

        virtualReader.Present(Id);

        Assert.Equal(Convert.ToHexString(Id), (await Next<CardScanned>()).Card.Number);
    }

    [Fact]
    public async Task A_tag_of_125_kilohertz_is_read_with_its_check()
    {
        var virtualReader = new VirtualUidReader(UidSpelling.Rdm6300);
        var line = await StartAsync(virtualReader, new LineSettings { Form = LineForm.Rdm6300, End = LineEnd.Etx });

        line.Faults.CorruptReplies(1);
        virtualReader.Present(Id[..5]);
        virtualReader.Present(Id[..5]);

        Assert.Equal(Convert.ToHexString(Id[..5]), (await Next<CardScanned>()).Card.Number);
    }

    [Fact]
    public async Task A_card_left_on_the_reader_is_one_presentation()
    {
        var virtualReader = new VirtualUidReader(UidSpelling.Line);
        await StartAsync(virtualReader, new LineSettings { Form = LineForm.Hex, SameAgainMs = LineSettings.LongestMs });

        virtualReader.Present(Id);
        virtualReader.Present(Id);
        virtualReader.Present([1, 2, 3, 4]);

        Assert.Equal(Convert.ToHexString(Id), (await Next<CardScanned>()).Card.Number);
        Assert.Equal("01020304", (await Next<CardScanned>()).Card.Number);
    }

    [Fact]
    public async Task A_code_that_breaks_off_is_an_unreadable_card_where_the_line_has_an_end()
    {
        var scanner = new VirtualScanner { Suffix = "" };
        await StartAsync(scanner, new LineSettings { End = LineEnd.Cr });

        scanner.Scan("2440000");

        Assert.Null((await Next<CardScanned>()).Card.Number);
    }

    [Fact]
    public async Task Keys_and_cards_of_a_converter_are_told_apart()
    {
        var converter = new VirtualWiegandConverter(facilityHex: false);
        await StartAsync(converter, new LineSettings { Form = LineForm.Decimal10, End = LineEnd.Lf, PauseMs = 30 });

        converter.Press('7');
        Assert.Equal("7", new string((await Next<KeysPressed>()).Keys.Keys));
        converter.Present(18, 22136);
        Assert.Equal("0001201784", (await Next<CardScanned>()).Card.Number);
        converter.Press('#');
        Assert.Equal("#", new string((await Next<KeysPressed>()).Keys.Keys));
    }

    [Fact]
    public async Task The_same_card_has_the_same_number_at_a_converter_and_at_an_osdp_reader()
    {
        var converter = new VirtualWiegandConverter(facilityHex: true);
        await StartAsync(converter, new LineSettings { Form = LineForm.FacilityHex, End = LineEnd.Cr });

        converter.Present(18, 22136);

        var raw = new CardMapping(CardEncoding.Wiegand26).Read(Convert.FromHexString("092B3C40"), 26);
        Assert.Equal(raw.Number, (await Next<CardScanned>()).Card.Number);
    }

    [Fact]
    public async Task A_scanner_is_switched_off_and_on_and_is_on_after_its_cable_was_out()
    {
        var scanner = new VirtualScanner();
        var line = await StartAsync(scanner, new LineSettings { Commands = HostCommandSet.Datalogic });
        await Bus.Bench.Until(scanner, () => scanner.Commands == 1);

        _reader!.SetEnabled(false);
        await Bus.Bench.Until(scanner, () => !scanner.Enabled);
        line.Unplug();
        await Next<PortLost>();
        _reader.SetEnabled(true);
        line.Replug();

        await Bus.Bench.Until(scanner, () => scanner.Enabled);
    }

    [Fact]
    public async Task A_scanner_that_needs_a_trigger_has_one_for_each_code()
    {
        var scanner = new VirtualScanner { NeedsTrigger = true };
        await StartAsync(scanner, new LineSettings { Commands = HostCommandSet.Honeywell });

        for (var code = 1; code <= 3; code++)
        {
            await Bus.Bench.Until(scanner, () => scanner.Enabled);
            scanner.Scan($"2440000000001{code}");
            Assert.Equal($"2440000000001{code}", (await Next<CardScanned>()).Card.Number);
        }

        _reader!.SetEnabled(false);
        await Bus.Bench.Until(scanner, () => !scanner.Enabled);
    }

    public async ValueTask DisposeAsync()
    {
        if (_reader is not null)
            await _reader.DisposeAsync();
        _lines.ForEach(line => line.Dispose());
        _folder.Dispose();
    }

    private async Task<VirtualLine> StartAsync(VirtualDevice device, LineSettings settings)
    {
        var line = new VirtualLine(_folder["reader"], 9600, [device], TimeProvider.System);
        _lines.Add(line);
        var options = new ScannerOptions { Id = "reader", Path = line.Path, Line = settings, QuietAfterOpen = TimeSpan.FromMilliseconds(20) };
        _reader = new LineScanner(options, _events.Writer, TimeProvider.System);
        Assert.Null(_reader.Start());
        await Next<PortBack>();
        return line;
    }

    private Task<T> Next<T>()
        where T : DeviceEvent => _events.Reader.NextAsync<T>();
}
