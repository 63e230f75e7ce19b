using KioskLink.Protos.Register.V1;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Tests.OwnData;

/// <summary>Who guesses from elsewhere is one device, whatever it calls itself and whichever of its addresses it takes.</summary>
public sealed class RemoteCallerTests
{
    [Fact]
    public async Task Spraying_from_the_addresses_of_one_IPv6_network_is_slowed_though_some_look_like_loopback()
    {
        await using var register = await TestRegister.StartAsync();
        for (var guess = 1; guess <= 20; guess++)
            Assert.Equal(Wire.DecisionCode.PinWrong, await GuessAsync(register, guess, $"ipv6:[2001:db8:0:1::1:{guess:x}]:4000", $"device-{guess}"));

        Assert.Equal(Wire.DecisionCode.PinLocked, await GuessAsync(register, 21, "ipv6:[2001:db8:0:1::1]:4000", "another"));
    }

    [Fact]
    public async Task The_register_s_own_page_is_many_devices_on_either_loopback()
    {
        await using var register = await TestRegister.StartAsync();
        for (var guess = 1; guess <= 20; guess++)
            await GuessAsync(register, guess, "ipv6:[::1]:4000", "one-browser");

        Assert.Equal(Wire.DecisionCode.PinWrong, await GuessAsync(register, 21, "ipv6:[::1]:4000", "another-browser"));
    }

    private static async Task<Wire.DecisionCode> GuessAsync(TestRegister register, int card, string peer, string device) => (await register.OwnData.BeginMySession(
        new BeginMySessionRequest { CardNumber = TestRegister.CardNumber(card), Pin = TestRegister.Digits("0000"), AttemptId = $"{card}", DeviceId = device },
        TestCall.Patron(peer: peer))).Reason;
}
