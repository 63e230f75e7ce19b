using KioskLink.Protos.Register.V1;
using KioskLink.Register.Cards;
using KioskLink.Register.Facts;
using KioskLink.Rules.Pins;
using KioskLink.Testing;
using static KioskLink.Protos.Types.V1.DecisionCode;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Tests.Cards;

/// <summary>What staff does to a card while one of its PINs is being checked.</summary>
public sealed class GuessInFlightTests
{
    [Fact]
    public async Task A_change_by_staff_tells_nodes_of_no_guess_that_turns_out_right()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);
        using var hold = new KdfHold(register);
        var entering = register.EnterAsync(card);
        await hold.UntilReservedAsync();

        await register.BanAsync("10001", Wire.BanKind.Loan);
        hold.Release();

        Assert.Equal(Granted, (await entering).Code);
        await register.RestartAsync();
        Assert.Empty(register.Card(card).Facts.Guesses.WrongTimes);
        Assert.All(hold.Pushed(), guesses => Assert.Empty(guesses.WrongTimes));
    }

    [Fact]
    public async Task A_guess_at_the_old_pin_does_not_count_against_the_new_one()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);
        using var hold = new KdfHold(register);
        var entering = register.EnterAsync(card, "0001");
        await hold.UntilReservedAsync();

        var setting = register.Cards.SetPin(
            new SetPinRequest { CardNumber = card, Pin = TestRegister.Digits("4711"), AttemptId = "new pin" }, TestCall.Admin());
        hold.Release();
        await setting;

        Assert.Equal(PinWrong, (await entering).Code);
        Assert.Equal(Granted, (await register.EnterAsync(card, "4711")).Code);
    }

    [Fact]
    public async Task The_third_guess_of_a_row_opens_when_it_is_right_although_staff_changes_the_card_meanwhile()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);
        await register.EnterAsync(card, "0001");
        await register.EnterAsync(card, "0001");
        using var hold = new KdfHold(register);
        var entering = register.EnterAsync(card);
        await hold.UntilReservedAsync();

        await register.BanAsync("10001", Wire.BanKind.Loan);
        hold.Release();

        Assert.Equal(Granted, (await entering).Code);
    }

    /// <summary>Holds every core of the slow hash, so that a guess stays in flight until it is released.</summary>
    private sealed class KdfHold : IPinHash, IDisposable
    {
        private readonly TestRegister _register;
        private readonly ManualResetEventSlim _released = new();

        public KdfHold(TestRegister register)
        {
            _register = register;
            for (var core = 0; core < Environment.ProcessorCount; core++)
            {
                _ = register.Service<PinKdf>().HashAsync(this, "0000"u8.ToArray(), [], rank: 0);
            }
        }

        public string Algorithm => "hold";

        public byte[] Hash(ReadOnlySpan<byte> pin, ReadOnlySpan<byte> salt)
        {
            _released.Wait(Patience.Event);
            return [];
        }

        public Task UntilReservedAsync() => Patience.Until(
            () =>
            {
                using var db = _register.Core.Store.Read();
                return db.Set<GuessRow>().Any(row => row.InFlight);
            },
            "the guess is reserved");

        public void Release() => _released.Set();

        /// <summary>The guesses of every state of a card that the log tells.</summary>
        public IReadOnlyList<GuessState> Pushed()
        {
            using var db = _register.Core.Store.Read();
            return [.. db.Set<ChangeRow>()
                .Where(row => row.Kind == (int)EntityKind.Card)
                .AsEnumerable()
                .Select(row => StoredFacts.ReadCard(row.Facts!).Facts.Guesses)];
        }

        public void Dispose()
        {
            Release();
            _released.Dispose();
        }
    }
}
