using KioskLink.Protos.Register.V1;
using KioskLink.Register.Cards;
using static KioskLink.Protos.Types.V1.DecisionCode;

namespace KioskLink.Register.Tests.Cards;

/// <summary>A guess is durable before it is checked, and the attempt with it: repeated after a crash it counts no second time.</summary>
public sealed class AttemptAfterCrashTests
{
    [Fact]
    public async Task A_wrong_pin_repeated_after_a_crash_gets_the_same_answer_and_counts_once()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);
        var first = await register.EnterAsync(card, "0001", attempt: "again");

        await register.CrashAsync();
        var repeated = await register.EnterAsync(card, "0002", attempt: "again");

        Assert.Equal((PinWrong, PinWrong), (first.Code, repeated.Code));
        Assert.Single(register.Card(card).Facts.Guesses.WrongTimes);
        Assert.Equal(Granted, (await register.EnterAsync(card)).Code);
    }

    [Fact]
    public async Task The_guess_that_locked_the_card_is_answered_as_before_and_not_as_locked()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);
        for (var guess = 1; guess <= 3; guess++)
        {
            await register.EnterAsync(card, "0001", attempt: $"guess-{guess}");
        }

        await register.CrashAsync();

        Assert.Equal(PinWrong, (await register.EnterAsync(card, "0001", attempt: "guess-3")).Code);
        Assert.Equal(PinLocked, (await register.EnterAsync(card, "0001", attempt: "guess-4")).Code);
        Assert.Equal(3, register.Card(card).Facts.Guesses.WrongTimes.Count);
    }

    [Fact]
    public async Task A_right_pin_repeated_after_a_crash_is_right_again_and_leaves_no_guess()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);
        await register.EnterAsync(card, attempt: "again");
        await register.SettledAsync();

        await register.CrashAsync();

        Assert.Equal(Granted, (await register.EnterAsync(card, attempt: "again")).Code);
        Assert.Empty(register.Card(card).Facts.Guesses.WrongTimes);
    }

    [Fact]
    public async Task A_guess_that_was_in_flight_at_the_crash_counts_once_and_its_attempt_is_told_so()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);
        var attempt = new PinTry("main-front", "reader", "again");
        await register.Service<GuessBook>().ReserveAsync(GuessTarget.Of(register.Card(card)), attempt.Mark, register.Now);

        await register.CrashAsync();

        Assert.Equal(PinWrong, (await register.EnterAsync(card, attempt: "again")).Code);
        Assert.Single(register.Card(card).Facts.Guesses.WrongTimes);
        Assert.Equal(Granted, (await register.EnterAsync(card)).Code);
    }

    [Fact]
    public async Task A_checkout_machine_that_repeats_its_question_after_a_crash_counts_once()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);
        var first = await VerifyAsync(register, card);

        await register.CrashAsync();
        var repeated = await VerifyAsync(register, card);

        Assert.Equal((PinWrong, PinWrong), (first.Reason, repeated.Reason));
        Assert.Single(register.Card(card).Facts.Guesses.WrongTimes);
    }

    [Fact]
    public async Task A_number_that_nobody_has_is_treated_the_same()
    {
        await using var register = await TestRegister.StartAsync();
        var nobodys = TestRegister.CardNumber(9);
        await register.EnterAsync(nobodys, "0001", attempt: "again");

        await register.CrashAsync();
        var writes = await WriteCounter.CountAsync(register.Core.Store, () => register.EnterAsync(nobodys, "0001", attempt: "again"));

        Assert.Empty(writes);
    }

    private static Task<VerifyCredentialsResponse> VerifyAsync(TestRegister register, string card) => register.Access.VerifyCredentials(
        new VerifyCredentialsRequest { CardNumber = card, Pin = TestRegister.Digits("0001"), Purpose = "checkout", AttemptId = "again", DeviceId = "kiosk", DeviceRole = DeviceRole.SelfCheck },
        TestCall.Node());
}
