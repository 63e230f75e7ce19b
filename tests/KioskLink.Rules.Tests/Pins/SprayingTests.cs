using System.Buffers.Binary;
using KioskLink.Rules.Pins;
using NodaTime;

namespace KioskLink.Rules.Tests.Pins;

public class SprayingTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 11, 21, 12, 0);

    [Fact]
    public void Twenty_failures_over_different_cards_slow_a_device()
    {
        var device = Enumerable.Range(0, 19).Aggregate(DeviceSlowdown.None, (d, i) => d.Fail(Token(i), Start + Duration.FromSeconds(i)));
        Assert.False(device.IsSlow(Start + Duration.FromSeconds(19)));
        var slow = device.Fail(Token(19), Start + Duration.FromSeconds(19));
        Assert.Equal(Duration.FromSeconds(10), slow.WaitBefore(Start + Duration.FromSeconds(19)));
        Assert.Equal(Duration.Zero, slow.WaitBefore(Start + Duration.FromSeconds(29)));
        Assert.True(slow.IsSlow(Start + Duration.FromSeconds(29)));
    }

    [Fact]
    public void A_slow_device_recovers_when_the_failures_are_ten_minutes_old()
    {
        var slow = Enumerable.Range(0, 40).Aggregate(DeviceSlowdown.None, (d, i) => d.Fail(Token(i), Start + Duration.FromSeconds(i)));
        Assert.True(slow.IsSlow(Start + Duration.FromSeconds(40)));
        Assert.False(slow.IsSlow(Start + Duration.FromMinutes(11)));
    }

    [Fact]
    public void One_card_alone_does_not_slow_a_device()
    {
        var device = Enumerable.Range(0, 30).Aggregate(DeviceSlowdown.None, (d, i) => d.Fail(Token(1), Start + Duration.FromSeconds(i)));
        Assert.False(device.IsSlow(Start + Duration.FromSeconds(30)));
    }

    private static byte[] Token(int number)
    {
        var token = new byte[16];
        BinaryPrimitives.WriteInt32BigEndian(token, number);
        return token;
    }
}
