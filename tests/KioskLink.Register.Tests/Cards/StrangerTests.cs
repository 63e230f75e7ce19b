using KioskLink.Register.Cards;
using KioskLink.Register.Identity;
using KioskLink.Register.Store;
using KioskLink.Rules.Pins;
using NodaTime;

namespace KioskLink.Register.Tests.Cards;

/// <summary>Callers without a certificate stand behind doors, and cannot make the register forget what doors did.</summary>
public sealed class StrangerTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 12, 1, 12, 0);

    [Fact]
    public void A_door_goes_before_a_caller_of_the_own_view_whatever_failed_at_it() =>
        Assert.True(new PinTry("main-front", "reader", "1").Rank(DeviceSlowdown.FailureLimit) < new PinTry($"{PinTry.OwnView}192.0.2.7", "", "1").Rank(0));

    [Fact]
    public void Any_number_of_callers_of_the_own_view_leaves_a_sprayed_door_slow()
    {
        var devices = new SlowDevices();
        for (var card = 0; card < DeviceSlowdown.FailureLimit; card++)
            devices.Fail("main-front/reader", Card(card), Now);

        for (var caller = 0; caller <= SlowDevices.DevicesMax; caller++)
            devices.Fail($"{PinTry.OwnView}{caller}/", Card(1), Now);

        Assert.Equal(DeviceSlowdown.FailureLimit, devices.FailuresOf("main-front/reader", Now));
    }

    [Theory]
    [InlineData("unix:", "unix:", true)]
    [InlineData("ipv4:127.0.0.1:4000", "127.0.0.1", true)]
    [InlineData("ipv6:[::1]:4000", "::1", true)]
    [InlineData("ipv4:192.0.2.7:4000", "192.0.2.7", false)]
    [InlineData("ipv6:[2001:db8::1]:4000", "2001:db8::/64", false)]
    [InlineData("ipv6:[2001:db8::1:127:0:0:1]:4000", "2001:db8:0:1::/64", false)]
    [InlineData("ipv6:[fe80::1a2b%2]:4000", "fe80::/64", false)]
    [InlineData("127.0.0.1", "127.0.0.1", false)]
    public void A_caller_is_of_this_machine_by_its_address_and_not_by_its_letters(string peer, string name, bool isHere)
    {
        var network = CallerNetwork.Of(peer);

        Assert.Equal((name, isHere), (network.Name, network.IsHere));
    }

    private static BlindIndex Card(int number) => BlindIndex.Read([.. BitConverter.GetBytes((long)number), .. new byte[24]]);
}
