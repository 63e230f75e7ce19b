using KioskLink.Devices.Readers.Twn4;
using KioskLink.Devices.Serial;
using KioskLink.Devices.Tests.Ports;
using KioskLink.Devices.Virtual;
using KioskLink.Testing;

namespace KioskLink.Devices.Tests.Twn4;

/// <summary>A TWN4 is asked for cards ten times a second for years: it allocates nothing while none comes, nor while one stays.</summary>
public sealed class Twn4AllocationTests : IDisposable
{
    private const byte Mifare = 0x80;
    private readonly TempFolder _folder = new();

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Searching_allocates_nothing(bool check, bool holdsCard)
    {
        var twin = new VirtualTwn4(check);
        if (holdsCard)
            twin.Present(Mifare, Convert.FromHexString("0458A2B26E4F80"));
        using var line = new VirtualLine(_folder["reader"], 115200, [twin], TimeProvider.System);
        var link = new MeasuringLink(new SerialPort(line.Path, 115200));
        var settings = new Twn4Settings { Crc = check, PollMs = 20 };
        await using var reader = new Twn4Reader(new() { Id = "reader", Path = line.Path, Settings = settings }, DeviceEvent.CreateQueue().Writer, TimeProvider.System, link);
        Assert.Null(reader.Start());

        await link.Measured.Task.WaitAsync(TimeSpan.FromSeconds(60));

        Assert.True(reader.Status.Online);
        Assert.Equal(0, link.Allocated);
    }

    public void Dispose() => _folder.Dispose();
}
