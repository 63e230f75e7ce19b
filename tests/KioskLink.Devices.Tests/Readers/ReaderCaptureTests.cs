using System.Threading.Channels;
using KioskLink.Devices.Profiles;
using KioskLink.Devices.Readers;
using KioskLink.Devices.Tests.Bus;
using KioskLink.Devices.Virtual;
using KioskLink.Testing;

namespace KioskLink.Devices.Tests.Readers;

/// <summary>The captures shipped with the readers that speak first: sent over a real line, each gives cards or keys under the profile beside it.</summary>
public sealed class ReaderCaptureTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Theory]
    [InlineData("datalogic-gryphon-gfs4400/captures/scan.txt", "24400000000012")]
    [InlineData("honeywell-imager/captures/scan.txt", "24400000000012")]
    [InlineData("cipherlab-scanner/captures/scan.txt", "21234000123455")]
    [InlineData("uid-line/captures/card.txt", "0458A2B26E4F80")]
    [InlineData("uid-framed/captures/card.txt", "0458A2B26E4F80 0458A2B26E4F81")]
    [InlineData("rdm6300/captures/card.txt", "0A00123456")]
    [InlineData("elatec-twn3-bits/captures/card.txt", "00100003")]
    [InlineData("elatec-twn3-inditag/captures/card.txt", "1122334455")]
    [InlineData("feig-obid-uid/captures/card.txt", "E004010012345678")]
    [InlineData("feig-obid-patron-card/captures/card.txt", "24400000000019")]
    [InlineData("priority1-wie232/captures/card.txt", "01822136")]
    [InlineData("s4a-wiegand/captures/card.txt", "0001201784 keys:1 keys:#")]
    public async Task A_capture_is_read_under_the_profile_beside_it(string capture, string told)
    {
        var (profile, problem) = HardwareFolder.Read(capture.Split('/')[0]);
        Assert.Null(problem);
        var events = DeviceEvent.CreateQueue();
        var scanner = new VirtualScanner();
        using var line = new VirtualLine(_folder["reader"], 9600, [scanner], TimeProvider.System);
        var settings = LineProtocols.SettingsOf(profile!.Protocol!.Value, profile);
        await using var reader = new LineScanner(
            new() { Id = "reader", Path = line.Path, Line = settings, Cards = profile.Cards }, events.Writer, TimeProvider.System);
        Assert.Null(reader.Start());
        await events.Reader.NextAsync<PortBack>();

        foreach (var bytes in Sent(capture))
        {
            scanner.SendRaw(bytes);
            var next = told.Split(' ', 2);
            Assert.Equal(next[0], await NextAsync(events.Reader));
            told = next.Length > 1 ? next[1] : "";
        }

        Assert.Equal("", told);
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<string?> NextAsync(ChannelReader<DeviceEvent> events) => await events.ReadAsync() switch
    {
        CardScanned card => card.Card.Number,
        KeysPressed keys => "keys:" + new string(keys.Keys.Keys),
        var other => other.ToString(),
    };

    private static IEnumerable<byte[]> Sent(string capture) =>
        File.ReadLines(Path.Combine(SolutionRoot.Path, "hardware", "readers", capture))
            .Where(line => line.StartsWith('<'))
            .Select(line => Convert.FromHexString(line[1..].Replace(" ", "", StringComparison.Ordinal)));
}
