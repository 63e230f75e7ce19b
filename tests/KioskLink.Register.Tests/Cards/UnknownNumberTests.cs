using KioskLink.Register.Cards;
using KioskLink.Register.Facts;
using KioskLink.Register.Store;
using KioskLink.Testing;
using Microsoft.EntityFrameworkCore;
using static KioskLink.Protos.Types.V1.DecisionCode;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Tests.Cards;

/// <summary>Guesses on numbers that nobody has are facts as others are, but bounded, and no node is told of them.</summary>
public sealed class UnknownNumberTests
{
    [Fact]
    public async Task A_spray_of_numbers_that_nobody_has_leaves_a_bounded_table_and_a_bounded_log()
    {
        await using var register = await TestRegister.StartAsync();
        await register.Core.Lane.WriteAsync(scope => Fill(scope, UnknownNumbers.NumbersMax));

        await SprayAsync(register, 4 * UnknownNumbers.TrimEvery);

        await Patience.Until(
            () => Rows(register) is var (numbers, versions) && numbers <= UnknownNumbers.NumbersMax && versions <= UnknownNumbers.TrimEvery,
            "the spray is trimmed");
    }

    [Fact]
    public async Task After_a_spray_and_a_restart_streams_read_to_the_head_and_later_changes_arrive()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("10001", 1);
        var before = register.Core.Log.Head.Version;
        await SprayAsync(register, UnknownNumbers.TrimEvery);
        await Patience.Until(() => Rows(register).Versions < UnknownNumbers.TrimEvery, "the spray is trimmed");

        await register.RestartAsync();
        var head = register.Core.Log.Head.Version;
        Assert.Equal(before + UnknownNumbers.TrimEvery, head);
        Assert.Equal(head, register.Core.Log.ReadAfter(before, 10_000)![^1].Version);

        await register.BanAsync("10001", Wire.BanKind.Loan);
        Assert.Equal(EntityKind.Card, register.Core.Log.ReadAfter(before, 10_000)![^1].Entity.Kind);
    }

    [Fact]
    public async Task The_log_keeps_nothing_by_which_the_number_could_be_told()
    {
        await using var register = await TestRegister.StartAsync();
        await register.EnterAsync(TestRegister.CardNumber(9), "0001");

        await using var db = register.Core.Store.Read();
        Assert.Equal("", (await db.Set<ChangeRow>().SingleAsync(row => row.Kind == (int)EntityKind.Number)).EntityId);
    }

    [Fact]
    public async Task A_number_that_becomes_a_card_starts_without_the_guesses_of_nobody()
    {
        await using var register = await TestRegister.StartAsync();
        for (var guess = 0; guess < 4; guess++)
        {
            await register.EnterAsync(TestRegister.CardNumber(1), "0001");
        }

        var card = await register.PatronAsync("10001", 1);

        Assert.Equal(Granted, (await register.EnterAsync(card)).Code);
    }

    private static async Task SprayAsync(TestRegister register, int guesses)
    {
        var book = register.Service<GuessBook>();
        foreach (var batch in Enumerable.Range(0, guesses).Chunk(WriteLane.BatchMax))
        {
            await Task.WhenAll(batch.Select(async n =>
            {
                var target = new GuessTarget(new BlindIndex(0xFFFF, (ulong)n), 0);
                var mark = new PinTry("main-front", "sprayer", $"{n}").Mark;
                await book.ReserveAsync(target, mark, register.Now);
                await book.SettleAsync(target, mark, right: false, register.Now);
            }));
        }
    }

    private static void Fill(WriteScope scope, int numbers)
    {
        using var insert = scope.Command(
            "INSERT INTO guesses (consortium, number_index, card_id, state, attempts, in_flight, touched_at) VALUES ($consortium, $number, 0, X'', X'', 0, 0)",
            ("$consortium", scope.Consortium), ("$number", null));
        for (var n = 0; n < numbers; n++)
        {
            insert.Parameters["$number"].Value = new BlindIndex(0, (ulong)n).ToBytes();
            insert.ExecuteNonQuery();
        }
    }

    private static (int Numbers, int Versions) Rows(TestRegister register)
    {
        using var db = register.Core.Store.Read();
        return (db.Set<GuessRow>().Count(), db.Set<ChangeRow>().Count(row => row.Kind == (int)EntityKind.Number));
    }
}
