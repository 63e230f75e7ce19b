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

    [Fact]
    public void An_unknown_token_waits_like_a_known_card()
    {
        var table = new UnknownCardGuesses();
        var allowed = Enumerable.Range(0, 4).Select(i => table.TryReserve(Token(1), Start + Duration.FromSeconds(i))).ToArray();
        Assert.Equal([true, true, true, false], allowed);
        Assert.True(table.TryReserve(Token(1), Start + Duration.FromSeconds(33)));
        Assert.True(table.TryReserve(Token(2), Start));
    }

    [Fact]
    public void An_unknown_token_has_the_limit_of_a_node_that_is_cut_off()
    {
        var table = new UnknownCardGuesses();
        Assert.True(table.TryReserve(Token(1), Start, 1));
        Assert.False(table.TryReserve(Token(1), Start + Duration.FromHours(1), 1));
    }

    [Fact]
    public void The_table_of_unknown_tokens_forgets_the_one_tried_longest_ago()
    {
        var table = new UnknownCardGuesses(capacity: 2);
        table.TryReserve(Token(1), Start, 1);
        table.TryReserve(Token(2), Start, 1);
        table.TryReserve(Token(1), Start, 1);
        table.TryReserve(Token(3), Start, 1);
        Assert.Equal(2, table.Count);
        Assert.False(table.TryReserve(Token(1), Start, 1));
        Assert.True(table.TryReserve(Token(2), Start, 1));
    }

    private static byte[] Token(int number)
    {
        var token = new byte[16];
        BinaryPrimitives.WriteInt32BigEndian(token, number);
        return token;
    }
}
