using System.Threading.Channels;
using KioskLink.Devices.Profiles;
using KioskLink.Devices.Readers;
using KioskLink.Devices.Readers.Twn4;
using KioskLink.Devices.Serial;
using KioskLink.Devices.Tests.Bus;
using KioskLink.Devices.Virtual;
using KioskLink.Testing;

namespace KioskLink.Devices.Tests.Twn4;

/// <summary>A TWN4 over a real pseudo-terminal: cards, patron cards, lights, and a cable that is pulled.</summary>
public sealed class Twn4ReaderTests : IAsyncDisposable
{
    private const byte Mifare = 0x80, Iso15693 = 0x82;
    private static readonly byte[] Id = Convert.FromHexString("0458A2B26E4F80");
    private static readonly byte[] LibraryId = Convert.FromHexString("78563412000104E0");
    private static readonly byte[] Stored = Convert.FromHexString("18010132343430303030303030303031390000131846494C6168000000000000");
    private readonly TempFolder _folder = new();
    private readonly Channel<DeviceEvent> _events = DeviceEvent.CreateQueue();
    private VirtualLine? _line;
    private Twn4Reader? _reader;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_card_that_stays_is_one_presentation_and_is_read_again_after_another(bool check)
    {
        var twin = await StartAsync(new VirtualTwn4(check), new Twn4Settings { Crc = check, PollMs = 20 });

        twin.Present(Mifare, Id);
        Assert.Equal(Convert.ToHexString(Id), (await Next<CardScanned>()).Card.Number);
        var searches = twin.Searches;
        await Bus.Bench.Until(twin, () => twin.Searches > searches + 5);
        twin.Present(Iso15693, LibraryId);
        Assert.Equal("E004010012345678", (await Next<CardScanned>()).Card.Number);
        twin.Present(Mifare, Id);
        Assert.Equal(Convert.ToHexString(Id), (await Next<CardScanned>()).Card.Number);
    }

    [Fact]
    public async Task A_patron_card_is_read_from_its_blocks_though_some_fail_at_first()
    {
        var twin = await StartAsync(new VirtualTwn4 { BlocksToRefuse = 2 }, cards: new CardMapping(CardEncoding.Iso28560));

        twin.Present(Iso15693, LibraryId, Stored);

        Assert.Equal("24400000000019", (await Next<CardScanned>()).Card.Number);
    }

    [Fact]
    public async Task A_card_without_blocks_and_one_of_another_kind_are_unreadable_once()
    {
        var twin = await StartAsync(new VirtualTwn4(), cards: new CardMapping(CardEncoding.Iso28560));

        twin.Present(Iso15693, LibraryId);
        Assert.Null((await Next<CardScanned>()).Card.Number);
        twin.Present(Mifare, Id);
        Assert.Null((await Next<CardScanned>()).Card.Number);
        twin.Present(Iso15693, LibraryId, Stored);
        Assert.Equal("24400000000019", (await Next<CardScanned>()).Card.Number);
    }

    [Fact]
    public async Task Lights_and_tones_show_what_the_entrance_says_and_end_by_themselves()
    {
        var twin = await StartAsync(new VirtualTwn4());
        _reader!.SetLed(new LedSetting { Permanent = LedPattern.Blinking(LedColor.Red, TimeSpan.FromMilliseconds(200)) });
        await Bus.Bench.Until(twin, () => twin.Blinking == SwitchLeds.Red);

        _reader.SetLed(new LedSetting { Temporary = LedPattern.Steady(LedColor.Green), TemporaryFor = TimeSpan.FromMilliseconds(200) });
        _reader.Beep(new BeepPattern(TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(10), Count: 3));

        await Bus.Bench.Until(twin, () => twin is { Lights: SwitchLeds.Green, Blinking: 0 });
        await Bus.Bench.Until(twin, () => twin is { Lights: SwitchLeds.Red, Blinking: SwitchLeds.Red });
        await Bus.Bench.Until(twin, () => twin.Tones == 3);
    }

    [Fact]
    public async Task A_damaged_or_lost_answer_is_asked_for_again()
    {
        var twin = await StartAsync(new VirtualTwn4(), new Twn4Settings { PollMs = 20 });

        _line!.Faults.CorruptReplies(2);
        await Patience.Until(() => _reader!.Status.Counters.Damaged > 0, "the damage");
        _line.Faults.DropReplies(1);
        twin.Present(Mifare, Id);

        Assert.Equal(Convert.ToHexString(Id), (await Next<CardScanned>()).Card.Number);
        Assert.True(_reader!.Status.Online);
    }

    [Fact]
    public async Task A_pulled_or_re_powered_reader_works_again()
    {
        var twin = await StartAsync(new VirtualTwn4());

        _line!.Unplug();
        await Next<DeviceOffline>();
        _line.Replug();
        await Next<DeviceOnline>();
        twin.PowerOff();
        await Next<DeviceOffline>();
        twin.PowerOn();
        await Next<DeviceOnline>();
        twin.Present(Mifare, Id);

        Assert.Equal(Convert.ToHexString(Id), (await Next<CardScanned>()).Card.Number);
    }

    [Fact]
    public async Task Another_device_in_its_place_is_offline()
    {
        _line = new VirtualLine(_folder["reader"], 9600, [new VirtualTwn4 { Version = "MODEM 1" }], TimeProvider.System);
        _reader = new Twn4Reader(new() { Id = "reader", Path = _line.Path }, _events.Writer, TimeProvider.System);
        Assert.Null(_reader.Start());

        await Next<DeviceOffline>();
        Assert.False(_reader.Status.Online);
    }

    [Theory]
    [InlineData("elatec-twn4", "0458A2B26E4F80")]
    [InlineData("elatec-twn4-patron-card", "24400000000019")]
    public async Task A_shipped_capture_gets_its_answers_again_and_its_profile_reads_the_card(string model, string number)
    {
        var profile = HardwareFolder.Read(model).Profile!;
        var twin = new VirtualTwn4();
        _line = new VirtualLine(_folder["reader"], 9600, [twin], TimeProvider.System);
        Replay(model, twin);
        _reader = new Twn4Reader(new() { Id = "reader", Path = _line.Path, Settings = profile.Twn4!, Cards = profile.Cards }, _events.Writer, TimeProvider.System);
        Assert.Null(_reader.Start());

        Assert.Equal(number, (await Next<CardScanned>()).Card.Number);
    }

    public async ValueTask DisposeAsync()
    {
        if (_reader is not null)
            await _reader.DisposeAsync();
        _line?.Dispose();
        _folder.Dispose();
    }

    private void Replay(string model, VirtualTwn4 twin)
    {
        using var port = new SerialPort(_line!.Path, 9600);
        Assert.Null(port.Open());
        var searches = 0;
        foreach (var line in File.ReadLines(Path.Combine(SolutionRoot.Path, "hardware", "readers", model, "captures", "card.txt")).Where(line => line[0] != '#'))
        {
            var characters = System.Text.Encoding.ASCII.GetBytes(line[1..].Replace(" ", "", StringComparison.Ordinal) + "\r");
            if (line.StartsWith("> 05 00", StringComparison.Ordinal) && ++searches == 2)
                twin.Present(model.EndsWith("card", StringComparison.Ordinal) ? Iso15693 : Mifare, model.EndsWith("card", StringComparison.Ordinal) ? [.. LibraryId.Reverse()] : Id, Stored);
            if (line[0] == '>')
                Assert.True(port.Write(characters));
            else
                Assert.Equal(System.Text.Encoding.ASCII.GetString(characters), Take(port, characters.Length));
        }
    }

    private static string Take(SerialPort port, int count)
    {
        var bytes = new byte[count];
        for (var taken = 0; taken < count;)
        {
            Assert.Equal(LinkSignal.Readable, port.Wait(TimeSpan.FromSeconds(20)));
            taken += port.Read(bytes.AsSpan(taken));
        }
        return System.Text.Encoding.ASCII.GetString(bytes);
    }

    private async Task<VirtualTwn4> StartAsync(VirtualTwn4 twin, Twn4Settings? settings = null, CardMapping? cards = null)
    {
        _line = new VirtualLine(_folder["reader"], 9600, [twin], TimeProvider.System);
        _reader = new Twn4Reader(new() { Id = "reader", Path = _line.Path, Settings = settings ?? new(), Cards = cards }, _events.Writer, TimeProvider.System);
        Assert.Null(_reader.Start());
        await Next<DeviceOnline>();
        return twin;
    }

    private Task<T> Next<T>()
        where T : DeviceEvent => _events.Reader.NextAsync<T>();
}
