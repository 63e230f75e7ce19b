using KioskLink.Register.Cards;
using KioskLink.Register.Facts;
using KioskLink.Register.Nodes;
using KioskLink.Rules.Pins;
using Microsoft.EntityFrameworkCore;
using static KioskLink.Protos.Types.V1.DecisionCode;

namespace KioskLink.Register.Tests.Cards;

public sealed class GuessTests
{
    [Fact]
    public async Task Three_wrong_pins_make_the_card_wait_and_the_right_one_ends_the_waits_but_not_the_days_count()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);
        for (var n = 0; n < 3; n++)
        {
            Assert.Equal(PinWrong, (await register.EnterAsync(card, "0001")).Code);
        }

        Assert.Equal(PinLocked, (await register.EnterAsync(card)).Code);
        register.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(Granted, (await register.EnterAsync(card)).Code);
        await register.RestartAsync();

        var guesses = register.Card(card).Facts.Guesses;
        Assert.Equal((0, 3), (guesses.WrongInRow, guesses.WrongTimes.Count));
    }

    [Fact]
    public async Task A_locked_card_spends_no_guess()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await LockAsync(register);
        var before = register.Card(card).Facts.Guesses;

        await register.EnterAsync(card, "0009");

        Assert.Equal(before.ToRow(), register.Card(card).Facts.Guesses.ToRow());
    }

    [Fact]
    public async Task Guesses_and_locks_outlive_a_restart()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await LockAsync(register);

        await register.RestartAsync();

        Assert.Equal(PinLocked, (await register.EnterAsync(card)).Code);
    }

    [Fact]
    public async Task Every_wrong_pin_is_a_fact_that_goes_to_the_nodes_ahead_of_bulk()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);
        var head = register.Core.Log.Head.Version;

        await register.EnterAsync(card, "0001");

        var change = Assert.Single(register.Core.Log.ReadAfter(head, 10)!);
        Assert.True(change.Priority);
        Assert.Equal(1, register.Card(card).Facts.Guesses.WrongInRow);
    }

    [Fact]
    public async Task Any_number_of_guesses_at_once_stays_within_the_bound()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);

        var codes = await Task.WhenAll(Enumerable.Range(0, 40).Select(n => register.EnterAsync(card, "0001", device: $"reader-{n % 8}")));

        Assert.Equal(3, codes.Count(decision => decision.Code == PinWrong));
        Assert.Equal(37, codes.Count(decision => decision.Code == PinLocked));
    }

    [Fact]
    public async Task Ten_wrong_pins_in_a_day_lock_the_card_until_staff_gives_a_new_one()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);
        var spent = 0;
        for (var minute = 0; minute < 23 * 60; minute += 20)
        {
            spent += (await register.EnterAsync(card, "0001", device: $"reader-{minute}")).Code == PinWrong ? 1 : 0;
            register.Time.Advance(TimeSpan.FromMinutes(20));
        }

        Assert.InRange(spent, 1, GuessRules.DayLimit);
        Assert.Equal(PinLocked, (await register.EnterAsync(card)).Code);
        await SetPinAsync(register, card, "4711");
        Assert.Equal(Granted, (await register.EnterAsync(card, "4711")).Code);
    }

    [Fact]
    public async Task A_number_that_nobody_has_is_counted_and_bounded_too()
    {
        await using var register = await TestRegister.StartAsync();
        for (var n = 0; n < 4; n++)
        {
            Assert.Equal(CardUnknown, (await register.EnterAsync(TestRegister.CardNumber(9), "0001")).Code);
        }

        await using var db = register.Core.Store.Read();
        var row = await db.Set<GuessRow>().SingleAsync();
        Assert.Equal((0L, 3), (row.CardId, GuessProto.FromRow(row.State).WrongInRow));
    }

    [Fact]
    public async Task A_guess_that_a_crash_left_open_counts_as_wrong()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);
        var attempt = new PinTry("main-front", "reader", "cut short");
        var reserved = await register.Service<GuessBook>().ReserveAsync(GuessTarget.Of(register.Card(card)), attempt.Mark, register.Now);
        Assert.Equal(Reservation.Made, reserved);
        var head = register.Core.Log.Head.Version;

        await register.RestartAsync();

        Assert.Equal(1, register.Card(card).Facts.Guesses.WrongInRow);
        Assert.True(Assert.Single(register.Core.Log.ReadAfter(head, 10)!).Priority);
    }

    [Fact]
    public async Task A_device_that_tries_many_cards_is_slowed_and_the_one_beside_it_is_not()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);
        for (var n = 100; n < 120; n++)
        {
            await register.EnterAsync(TestRegister.CardNumber(n), "0001", device: "sprayer");
        }

        Assert.Equal(PinLocked, (await register.EnterAsync(card, device: "sprayer")).Code);
        Assert.Equal(Granted, (await register.EnterAsync(card, device: "reader")).Code);
        Assert.Contains("sprayer", Assert.Single(register.Service<NodeAlarms>().Of("main-front")), StringComparison.Ordinal);
        register.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(Granted, (await register.EnterAsync(card, device: "sprayer")).Code);
    }

    private static async Task<string> LockAsync(TestRegister register)
    {
        var card = await register.PatronAsync("10001", 1);
        for (var n = 0; n < 3; n++)
        {
            await register.EnterAsync(card, "0001");
        }

        return card;
    }

    private static async Task SetPinAsync(TestRegister register, string card, string pin) => await register.Cards.SetPin(
        new Protos.Register.V1.SetPinRequest { CardNumber = card, Pin = TestRegister.Digits(pin), AttemptId = "new pin" }, TestCall.Admin());
}
