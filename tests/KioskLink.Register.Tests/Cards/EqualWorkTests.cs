using static KioskLink.Protos.Types.V1.DecisionCode;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Tests.Cards;

/// <summary>Nobody at a door can tell by the register's work whether a number is somebody's card.</summary>
public sealed class EqualWorkTests
{
    // Every decision has its row, and every batch one row of the audit log.
    private static readonly string[] Noted = ["attempts INSERT 1", "audit INSERT 1", "audit_heads INSERT 1"];

    [Fact]
    public async Task A_wrong_pin_and_a_number_that_nobody_has_write_the_same_rows_at_every_step_of_the_ladder()
    {
        await using var register = await TestRegister.StartAsync();
        var known = await register.PatronAsync("10001", 1);
        var nobodys = TestRegister.CardNumber(2);

        for (var guess = 1; guess <= 5; guess++)
        {
            var wrong = await WritesAsync(register, known);
            var unknown = await WritesAsync(register, nobodys);

            string[] all = [.. Noted, "change_log INSERT 1", guess == 1 ? "guesses INSERT 1" : "guesses UPDATE 2", "register UPDATE 1"];
            Assert.Equal(guess == 1 ? [.. all[..5], "guesses UPDATE 1", all[5]] : all, wrong);
            Assert.Equal(wrong, unknown);
            register.Time.Advance(TimeSpan.FromMinutes(2));
        }
    }

    [Fact]
    public async Task A_locked_card_and_a_locked_number_that_nobody_has_spend_nothing_alike()
    {
        await using var register = await TestRegister.StartAsync();
        var known = await register.PatronAsync("10001", 1);
        var nobodys = TestRegister.CardNumber(2);
        for (var guess = 1; guess <= 3; guess++)
        {
            await register.EnterAsync(known, "0001");
            await register.EnterAsync(nobodys, "0001");
        }

        await register.RestartAsync();
        var locked = await WritesAsync(register, known, PinLocked);
        var unknown = await WritesAsync(register, nobodys, CardUnknown);

        Assert.Equal(Noted, locked);
        Assert.Equal(locked, unknown);
    }

    /// <summary>What a presentation with a wrong PIN writes until its row of the attempts is written too.</summary>
    private static Task<IReadOnlyList<string>> WritesAsync(TestRegister register, string card, Wire.DecisionCode? code = null) =>
        WriteCounter.CountAsync(register.Core.Store, async () =>
        {
            var attempt = Guid.NewGuid().ToString("N");
            var decision = await register.EnterAsync(card, "0001", attempt);
            Assert.Equal(code ?? decision.Code, decision.Code);
            await register.NotedAsync(attempt);
        });
}
