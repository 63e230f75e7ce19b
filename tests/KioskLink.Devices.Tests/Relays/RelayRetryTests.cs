using KioskLink.Devices.Locks;
using KioskLink.Devices.Profiles;
using KioskLink.Devices.Relays;
using KioskLink.Devices.Relays.Modbus;

namespace KioskLink.Devices.Tests.Relays;

/// <summary>How long a relay board that answers wrongly once is without an answer, in virtual time.</summary>
public sealed class RelayRetryTests
{
    private static readonly TimeSpan Spoilt = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(250);

    public static TheoryData<string> Damages => ["flipped", "cut", "lost"];

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task An_answer_that_is_damaged_is_made_good_within_a_quarter_of_a_second(string damage)
    {
        using var line = new SimulatedRelayLine(9600);
        var spoiltAt = TimeSpan.MaxValue;
        line.Spoil = (now, answer) =>
        {
            if (now < Spoilt || spoiltAt != TimeSpan.MaxValue)
                return answer;
            spoiltAt = now;
            return Damaged(answer, damage);
        };
        var options = new RelayBusOptions
        {
            Id = "bus",
            Path = line.Path,
            Protocol = DeviceProtocol.ModbusRtu,
            Boards = [new() { Id = "board", Outputs = 8, Locks = [new LockOutput(0)] }],
        };
        var over = line.StandStillAt(2 * Spoilt);
        await using var bus = new RelayBus(options, DeviceEvent.CreateQueue().Writer, line.Time, line);
        Assert.Null(bus.Start());
        await over;

        var retried = line.Exchanges.First(exchange => exchange.Asked > spoiltAt);
        Assert.InRange(retried.Answered - spoiltAt, TimeSpan.Zero, Longest);
        Assert.Equal((true, 1), (bus.Status[0].Online, bus.Status[0].Counters.Sessions));
    }

    private static byte[] Damaged(byte[] answer, string damage)
    {
        if (damage == "flipped")
            answer[ModbusCrc.Size] ^= 1;
        return damage switch
        {
            "cut" => answer[..^1],
            "lost" => [],
            _ => answer,
        };
    }
}
