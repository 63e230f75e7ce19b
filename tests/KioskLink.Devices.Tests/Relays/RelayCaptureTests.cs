using KioskLink.Devices.Serial;
using KioskLink.Devices.Virtual;
using KioskLink.Testing;

namespace KioskLink.Devices.Tests.Relays;

/// <summary>The captures shipped with the relay boards: what is sent in them gets the same answers from the virtual board.</summary>
public sealed class RelayCaptureTests : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);
    private readonly TempFolder _folder = new();

    [Theory]
    [InlineData("waveshare-modbus-relay/captures/pulse.txt")]
    [InlineData("waveshare-modbus-relay-inputs/captures/inputs.txt")]
    [InlineData("waveshare-modbus-relay-supervised/captures/inputs.txt")]
    [InlineData("kmtronic-usb-relay/captures/unlock.txt")]
    [InlineData("numato-usb-relay/captures/unlock.txt")]
    [InlineData("devantech-usb-rly08/captures/unlock.txt")]
    public void A_capture_gets_its_answers_again(string capture)
    {
        VirtualRelayBoard board = capture[0] switch
        {
            'w' => ModbusBoard(atRest: capture.Contains("supervised", StringComparison.Ordinal)),
            'k' => new VirtualKmTronicBoard(),
            'n' => new VirtualNumatoBoard(),
            _ => new VirtualDevantechBoard(),
        };
        using var line = new VirtualLine(_folder["board"], 9600, [board], TimeProvider.System);
        using var port = new SerialPort(line.Path, 9600);
        Assert.Null(port.Open());

        foreach (var (sent, bytes) in Read(capture))
            if (sent)
                Assert.True(port.Write(bytes));
            else
                Assert.Equal(Convert.ToHexString(bytes), Convert.ToHexString(Take(port, bytes.Length)));
    }

    [Fact]
    public async Task The_capture_of_a_board_that_never_answers_switches_its_relay_on_and_off()
    {
        var board = new VirtualLcTechBoard();
        var switched = new Inbox<(int Output, bool On)>();
        board.OutputSwitched += (output, on) => switched.Post((output, on));
        using var line = new VirtualLine(_folder["board"], 9600, [board], TimeProvider.System);
        using var port = new SerialPort(line.Path, 9600);
        Assert.Null(port.Open());

        foreach (var (sent, bytes) in Read("lctech-usb-relay/captures/unlock.txt"))
            Assert.True(sent && port.Write(bytes));

        Assert.Equal((0, true), await switched.Next("the unlock"));
        Assert.Equal((0, false), await switched.Next("the lock"));
    }

    public void Dispose() => _folder.Dispose();

    private static VirtualModbusBoard ModbusBoard(bool atRest)
    {
        var board = new VirtualModbusBoard(1) { Inputs = 8 };
        for (var second = 1; atRest && second < board.Inputs; second += 2)
            board.SetInput(second, true);
        return board;
    }

    private static byte[] Take(SerialPort port, int count)
    {
        var bytes = new byte[count];
        for (var taken = 0; taken < count;)
        {
            Assert.Equal(LinkSignal.Readable, port.Wait(Longest));
            taken += port.Read(bytes.AsSpan(taken));
        }
        return bytes;
    }

    private static IEnumerable<(bool Sent, byte[] Bytes)> Read(string capture) =>
        File.ReadLines(Path.Combine(SolutionRoot.Path, "hardware", "locks", capture))
            .Where(line => line.Length > 2 && line[0] is '>' or '<')
            .Select(line => (line[0] == '>', Convert.FromHexString(line[1..].Replace(" ", "", StringComparison.Ordinal))));
}
