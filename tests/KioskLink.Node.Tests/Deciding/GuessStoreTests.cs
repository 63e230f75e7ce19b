using KioskLink.Node.Clock;
using KioskLink.Node.Deciding;
using KioskLink.Node.Tests.Rig;
using KioskLink.Rules.Pins;
using KioskLink.Testing;
using NodaTime;

namespace KioskLink.Node.Tests.Deciding;

/// <summary>When a guess that was spent at a node comes back: after a day that was lived through, or that the register told of.</summary>
public class GuessStoreTests : IDisposable
{
    private const int Limit = 3;
    private static readonly Instant Noon = Instant.FromDateTimeOffset(VirtualTime.Noon);
    private static readonly byte[] Token = Samples.TokenOf(Samples.KnownCard);
    private readonly TempFolder _folder = new();
    private readonly VirtualTime _machine = new();
    private string _boot = "boot-1";
    private Duration _elapsed = Duration.FromHours(1);

    [Fact]
    public async Task A_clock_set_a_week_ahead_and_a_reboot_give_no_guess_back()
    {
        await SpendAllAsync();
        _machine.SetWallClock(VirtualTime.Noon.AddDays(6));

        Reboot();

        Assert.False(await TryAsync());
    }

    [Fact]
    public async Task A_clock_that_nobody_vouches_for_gives_no_guess_back()
    {
        await SpendAllAsync();
        File.Delete(_folder["clock.json"]);
        _machine.SetWallClock(VirtualTime.Noon.AddYears(1));

        Reboot();

        Assert.False(await TryAsync());
    }

    [Fact]
    public async Task Guesses_come_back_after_a_day_that_the_node_has_lived_through()
    {
        await SpendAllAsync();

        _elapsed += Duration.FromHours(23);
        Assert.False(await TryAsync());
        _elapsed += Duration.FromHours(2);

        Assert.True(await TryAsync());
    }

    [Fact]
    public async Task Guesses_come_back_after_a_day_that_the_register_tells_of()
    {
        await SpendAllAsync();
        Reboot();

        Clock().OnWatermark(Noon + Duration.FromHours(25));

        Assert.True(await TryAsync());
    }

    [Fact]
    public void A_guess_that_was_given_back_is_given_back_after_a_restart_too()
    {
        using (var guesses = Open())
        {
            _ = guesses.TryReserve(Token, GuessState.None, Limit, Noon);
            guesses.GiveBack(Token, Noon);
        }

        using var again = Open();

        Assert.Empty(again.StateOf(Token).WrongTimes);
    }

    [Fact]
    public void A_card_that_was_not_touched_longest_makes_room()
    {
        using (var guesses = Open())
            for (var card = 0; card <= GuessStore.Limit; card++)
                guesses.TryReserve(Samples.TokenOf(Samples.Card(card)), GuessState.None, Limit, Noon + Duration.FromSeconds(card));

        using var again = Open();

        Assert.Empty(again.StateOf(Samples.TokenOf(Samples.Card(0))).WrongTimes);
        Assert.Single(again.StateOf(Samples.TokenOf(Samples.Card(GuessStore.Limit))).WrongTimes);
    }

    [Fact]
    public async Task A_damaged_count_begins_anew_and_says_so()
    {
        await SpendAllAsync();
        await File.WriteAllBytesAsync(_folder["guesses.db"], new byte[10_000]);

        using var again = Open();

        Assert.True(again.WasDamaged);
        Assert.Empty(again.StateOf(Token).WrongTimes);
    }

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private async Task SpendAllAsync()
    {
        Clock().OnWatermark(Noon);
        for (var guess = 0; guess < Limit; guess++)
            Assert.True(await TryAsync());
        Assert.False(await TryAsync());
        _elapsed += Duration.FromMinutes(5);
        Clock().Keep();
    }

    private void Reboot() => (_boot, _elapsed) = ("boot-2", Duration.FromMinutes(1));

    private async Task<bool> TryAsync()
    {
        using var guesses = Open();
        return guesses.TryReserve(Token, GuessState.None, Limit, Clock().Lived) is { } reserved && await reserved;
    }

    private GuessStore Open() => new(_folder["guesses.db"], TimeProvider.System);

    private NodeClock Clock() => new(new BootClock(_boot, () => _elapsed), _machine, new ClockFile(_folder["clock.json"]), batteryClock: true);
}
