using KioskLink.Protos.Register.V1;
using KioskLink.Register.Tests.Patrons;
using KioskLink.Rules.Pins;

namespace KioskLink.Register.Tests.Cards;

/// <summary>When a card was last used, and that its PIN stands nowhere.</summary>
public sealed class CardUseTests
{
    [Fact]
    public async Task R17_A_card_says_when_it_was_last_used_and_until_when_it_is_valid()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("1", 1);
        Assert.Equal((null, ""), (await LastUseAsync(register), (await register.GetAsync("1")).Cards[0].ExpiresOn));
        await register.EnterAsync(card, "0001");
        Assert.Null(await LastUseAsync(register));

        await register.EnterAsync(card);
        await register.VisitedAsync(card);
        var atTheDoor = await LastUseAsync(register);
        register.Time.Advance(TimeSpan.FromHours(1));
        await register.Access.VerifyCredentials(Checkout(card, TestRegister.Pin), TestCall.Node());
        var atTheMachine = await LastUseAsync(register);
        register.Time.Advance(TimeSpan.FromHours(1));
        await register.Access.VerifyCredentials(Checkout(card, "0001"), TestCall.Node());

        Assert.InRange((atTheMachine - atTheDoor)!.Value, TimeSpan.FromHours(1), TimeSpan.FromHours(1) + TimeSpan.FromSeconds(1));
        Assert.Equal(atTheMachine, await LastUseAsync(register));
        await register.Cards.IssueCard(new IssueCardRequest { CustomerId = "1", Card = new Card { CardNumber = card, ExpiresOn = "2027-12-31" } }, TestCall.Admin());
        Assert.Equal("2027-12-31", (await register.GetAsync("1")).Cards[0].ExpiresOn);
    }

    [Theory]
    [InlineData("closed door")]
    [InlineData("loan status")]
    [InlineData("machine, refused")]
    [InlineData("patron information")]
    public async Task R17_A_right_PIN_counts_as_use_at_a_closed_door_and_for_loan_status(string where)
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("1", 1);
        await register.BanAsync("1", Protos.Types.V1.BanKind.Use);

        await ProveAsync(register, card, "0001", where);
        var afterAWrongOne = await LastUseAsync(register);
        await ProveAsync(register, card, TestRegister.Pin, where);

        Assert.Null(afterAWrongOne);
        Assert.NotNull(await LastUseAsync(register));
        Assert.Empty(register.Card(card).Visits);
    }

    [Theory]
    [InlineData("a rule of the card")]
    [InlineData("a rule of loans")]
    public async Task R17_An_act_that_is_refused_after_the_right_PIN_counts_as_use(string by)
    {
        await using var desk = await Circulation.LoanDesk.OpenAsync();
        if (by == "a rule of the card")
        {
            await desk.Register.RestrictAsync(Circulation.LoanDesk.Aino);
        }

        var item = by == "a rule of the card" ? "i1" : "nothing";
        var refused = await desk.LendAsync(desk.AinosCard, item, change: request => request.Borrower.Pin = TestRegister.Digits("0001"));
        var before = LastUse(desk);
        var again = await desk.LendAsync(desk.AinosCard, item);

        Assert.Equal((false, false, null), (refused.Outcome.Done, again.Outcome.Done, before));
        Assert.Equal(desk.Register.Now.ToUnixTimeMilliseconds(), LastUse(desk));
    }

    private static long? LastUse(Circulation.LoanDesk desk) =>
        desk.Rows(db => db.Set<Register.Cards.CardRow>().Single(row => row.PatronId == desk.Register.Card(desk.AinosCard).PatronId)).LastUsedAt;

    [Fact]
    public async Task R19_A_PIN_stands_in_no_file_of_the_register_and_no_answer_has_a_field_for_one()
    {
        const string pin = "83170642";
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("1", 1, pin: pin);
        await register.EnterAsync(card, pin);
        await register.VisitedAsync(card);

        var files = Convert.ToHexString([.. Directory.EnumerateFiles(register.Folder, "*", SearchOption.AllDirectories).SelectMany(File.ReadAllBytes)]);
        Assert.DoesNotContain(Convert.ToHexString(System.Text.Encoding.ASCII.GetBytes(pin)), files, StringComparison.Ordinal);
        var answers = typeof(Patron).Assembly.GetTypes()
            .Where(type => type.Namespace == typeof(Patron).Namespace && type.IsAssignableTo(typeof(Google.Protobuf.IMessage)) && type.Name.EndsWith("Response", StringComparison.Ordinal))
            .Select(type => (Google.Protobuf.Reflection.MessageDescriptor)type.GetProperty("Descriptor")!.GetValue(null)!);
        Assert.Empty(answers.SelectMany(answer => answer.Fields.InDeclarationOrder()).Where(field => field.Name is "pin" or "new_pin").Select(field => field.FullName));
        Assert.DoesNotContain(Patron.Descriptor.Fields.InDeclarationOrder(), field => field.Name == "pin");
        Assert.DoesNotContain(Card.Descriptor.Fields.InDeclarationOrder(), field => field.Name == "pin");
    }

    [Fact]
    public async Task R19_Of_a_PIN_a_slow_hash_with_a_salt_of_its_own_is_kept_under_the_register_s_key()
    {
        await using var register = await TestRegister.StartAsync();
        var cards = new[] { await register.PatronAsync("1", 1), await register.PatronAsync("2", 2) };
        var pins = cards.Select(card => register.Card(card).Pin!).ToList();

        Assert.Equal(2, pins.Select(pin => Convert.ToHexString(pin.Salt)).Distinct().Count());
        Assert.All(pins, pin =>
        {
            var slow = PinHashes.Find(pin.Algorithm)!.Hash(TestRegister.Digits(TestRegister.Pin).Span, pin.Salt);
            Assert.Equal((PinHashes.Best.Algorithm, PinHashes.SaltLength), (pin.Algorithm, pin.Salt.Length));
            Assert.DoesNotContain(Convert.ToHexString(slow), Convert.ToHexString(pin.Sealed), StringComparison.Ordinal);
        });
    }

    private static async Task<DateTime?> LastUseAsync(TestRegister register)
    {
        register.Time.Advance(Register.Access.DecisionLog.Patience);
        return (await register.GetAsync("1")).LastUsedTime?.ToDateTime();
    }

    private static async Task ProveAsync(TestRegister register, string card, string pin, string where)
    {
        var (attempt, digits) = (Guid.NewGuid().ToString("N"), TestRegister.Digits(pin));
        switch (where)
        {
            case "closed door":
                Assert.NotEqual(Protos.Types.V1.DecisionCode.Granted, (await register.EnterAsync(card, pin, attempt)).Code);
                await register.NotedAsync(attempt);
                break;
            case "loan status":
                await register.Loans.GetLoanStatus(
                    new GetLoanStatusRequest { CardNumber = card, Pin = digits, AttemptId = attempt, DeviceId = "machine", DeviceRole = DeviceRole.SelfCheck }, TestCall.Node());
                break;
            case "machine, refused":
                Assert.False((await register.Access.VerifyCredentials(Checkout(card, pin), TestCall.Node())).Valid);
                break;
            default:
                await register.Loans.GetPatronInformation(
                    new GetPatronInformationRequest
                    {
                        Borrower = new Borrower { CardNumber = card, Pin = digits },
                        AttemptId = attempt,
                        DeviceId = "machine",
                        DeviceRole = DeviceRole.SelfCheck,
                    },
                    TestCall.Node());
                break;
        }
    }

    private static VerifyCredentialsRequest Checkout(string card, string pin) =>
        new() { CardNumber = card, Pin = TestRegister.Digits(pin), Purpose = "checkout", AttemptId = Guid.NewGuid().ToString("N"), DeviceId = "machine", DeviceRole = DeviceRole.SelfCheck };
}
