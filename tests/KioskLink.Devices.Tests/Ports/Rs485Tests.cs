using KioskLink.Devices.Osdp;
using KioskLink.Devices.Serial;
using KioskLink.Devices.Virtual;
using KioskLink.Testing;

namespace KioskLink.Devices.Tests.Ports;

/// <summary>The kernel's settings of an RS-485 pair, byte for byte, and a port whose driver has none.</summary>
public sealed class Rs485Tests
{
    [Theory]
    [InlineData(true, 0, 0, false, "03000000" + "00000000" + "00000000")]
    [InlineData(false, 0, 0, false, "05000000" + "00000000" + "00000000")]
    [InlineData(true, 1, 2, true, "13000000" + "01000000" + "02000000")]
    [InlineData(false, 100, 100, true, "15000000" + "64000000" + "64000000")]
    public void The_kernels_struct_holds_flags_delays_and_padding(bool high, int before, int after, bool hears, string bytes)
    {
        var settings = new byte[Rs485Direction.Size];
        settings.AsSpan().Fill(0xAA);

        Direction(high, before, after, hears).Write(settings);

        Assert.Equal(bytes + new string('0', 40), Convert.ToHexString(settings));
    }

    [Fact]
    public void A_port_whose_driver_turns_no_pair_says_so_and_works_without()
    {
        using var folder = new TempFolder();
        using var line = new VirtualLine(folder["line"], 9600, [], TimeProvider.System);
        using var asked = new SerialPort(line.Path, 9600, new Rs485Direction());
        using var plain = new SerialPort(line.Path, 9600);

        var problem = asked.Open();

        Assert.Equal(PortProblemKind.Unusable, problem?.Kind);
        Assert.Contains($"The driver of {line.Path} turns no RS-485 pair: remove \"rs485\"", problem!.Sentence, StringComparison.Ordinal);
        Assert.Null(plain.Open());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(101)]
    [InlineData(0.5)]
    public void A_delay_that_the_kernel_would_cut_is_a_problem_of_the_bus(double milliseconds)
    {
        var options = new OsdpBusOptions
        {
            Id = "bus0",
            Path = "/dev/ttyAMA0",
            Devices = [new() { Id = "reader", Address = 1, Secure = SecureMode.Clear }],
            Rs485 = new Rs485Direction { DelayAfter = TimeSpan.FromMilliseconds(milliseconds) },
        };

        Assert.Equal(["Bus bus0: an RS-485 delay goes from 0 to 100 ms in whole milliseconds: mend \"rs485\"."], options.Problems());
    }

    private static Rs485Direction Direction(bool high, int before, int after, bool hears) => new()
    {
        SendsWhenRtsHigh = high,
        DelayBefore = TimeSpan.FromMilliseconds(before),
        DelayAfter = TimeSpan.FromMilliseconds(after),
        HearsItself = hears,
    };
}
