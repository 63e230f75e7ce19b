using Google.Protobuf.WellKnownTypes;
using KioskLink.Node.Outage;
using KioskLink.Node.Tests.Rig;
using KioskLink.Protos.Types.V1;
using KioskLink.Rules.Cards;
using KioskLink.Sip2;
using KioskLink.Sip2.Circulation;
using KioskLink.Testing;
using DeviceRole = KioskLink.Sip2.Circulation.DeviceRole;
using Language = KioskLink.Sip2.Language;
using OfflineCheckouts = KioskLink.Protos.Types.V1.OfflineCheckouts;

namespace KioskLink.Node.Tests.Outage;

/// <summary>What a machine hears while the register is away, and what is kept before it hears.</summary>
public sealed class OutageCirculationTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly TestAuthority _authority = new();
    private readonly NodeRig _rig;
    private readonly OutageCirculation _circulation;
    private string? _nextId;

    public OutageCirculationTests()
    {
        _rig = new NodeRig(_folder, _authority).Holding(Samples.Branch(), Samples.Adult());
        _circulation = new OutageCirculation(_rig.Parts, _ => _nextId ?? Guid.NewGuid().ToString("N"));
    }

    private IReadOnlyList<LoanAct> Kept => _rig.Parts.ActBook.All;

    [Fact]
    public async Task R84_A_known_card_is_told_from_the_copy_without_name_and_counts()
    {
        var answer = await AskAsync(Samples.KnownCard, Samples.Pin);

        Assert.Equal((PatronStanding.Good, PinVerdict.Right, ""), (answer.Standing, answer.Pin, answer.Name));
        Assert.Equal((null, null, null), (answer.Charged, answer.Overdue, answer.FeeAmount));
        Assert.Equal(PatronFlags.RenewalDenied | PatronFlags.RecallDenied | PatronFlags.HoldDenied, answer.Flags);
        Assert.Contains("kopiosta", Assert.Single(answer.ScreenMessages), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Language.Finnish, "yhteys on poikki")]
    [InlineData(Language.Swedish, "förbindelsen är bruten")]
    [InlineData(Language.English, "the connection is down")]
    public async Task A_card_that_is_not_in_the_copy_hears_that_the_connection_is_down(Language language, string words)
    {
        var answer = await AskAsync(Samples.UnknownCard, Samples.Pin, language: language);

        Assert.Equal((PatronStanding.Unknown, PatronFlags.AllDenied), (answer.Standing, answer.Flags));
        Assert.Contains(words, Assert.Single(answer.ScreenMessages), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Guesses_at_a_machine_and_at_a_door_are_counted_together()
    {
        await AskAsync(Samples.KnownCard, Samples.WrongPin);
        await _rig.Present(Samples.KnownCard, Samples.WrongPin);
        var third = await AskAsync(Samples.KnownCard, Samples.WrongPin);
        var fourth = await AskAsync(Samples.KnownCard, Samples.Pin);

        Assert.Equal((PinVerdict.Wrong, PinVerdict.Locked), (third.Pin, fourth.Pin));
    }

    [Fact]
    public async Task What_the_library_has_against_a_card_is_told_only_with_the_right_PIN()
    {
        Change(card => card.Lost = true);

        var (wrong, right) = (await AskAsync(Samples.KnownCard, Samples.WrongPin), await AskAsync(Samples.KnownCard, Samples.Pin));

        Assert.Equal((PatronStanding.Good, false), (wrong.Standing, wrong.Flags.HasFlag(PatronFlags.CardLost)));
        Assert.Equal((PatronStanding.Refused, true), (right.Standing, right.Flags.HasFlag(PatronFlags.CardLost)));
    }

    [Fact]
    public async Task A_gate_hears_no_of_a_card_that_is_banned_from_self_service_and_a_checkout_machine_does_not_mind()
    {
        Change(card => card.Bans.Add(Ban(BanKind.SelfService)));

        var (gate, machine) = (await AskAsync(Samples.KnownCard, Samples.Pin, DeviceRole.Door), await AskAsync(Samples.KnownCard, Samples.Pin));

        Assert.Equal((PatronStanding.Refused, PatronStanding.Good), (gate.Standing, machine.Standing));
        Assert.Equal("0", machine.Attributes[PatronAttribute.SelfServiceAccess]);
    }

    [Theory]
    [InlineData(Samples.Pin, false, PatronStanding.Good, PinVerdict.Right)]
    [InlineData(Samples.Pin, true, PatronStanding.Refused, PinVerdict.Right)]
    [InlineData(Samples.WrongPin, false, PatronStanding.Unknown, PinVerdict.Wrong)]
    [InlineData(Samples.WrongPin, true, PatronStanding.Unknown, PinVerdict.Wrong)]
    public async Task R31_Booking_of_computers_hears_yes_or_no_and_nothing_without_the_right_PIN(string pin, bool isLost, PatronStanding standing, PinVerdict verdict)
    {
        Change(card => card.Lost = isLost);

        var answer = await AskAsync(Samples.KnownCard, pin, DeviceRole.PcBooking);

        Assert.Equal((standing, verdict, ""), (answer.Standing, answer.Pin, answer.Name));
        Assert.Equal((null, null, null, 0), (answer.Charged, answer.Overdue, answer.FeeAmount, answer.List.Count));
        Assert.False(answer.Flags.HasFlag(PatronFlags.CardLost));
    }

    [Fact]
    public async Task R89_A_loan_is_on_the_disk_with_its_sealed_card_before_the_machine_hears_of_it()
    {
        _nextId = "asked-of-the-register-before";
        var answer = await LendAsync("301");

        var act = Assert.Single(Kept);
        Assert.Equal((true, true, "asked-of-the-register-before"), (answer.Done, answer.Desensitize, answer.TransactionId));
        Assert.Equal((ActKind.CheckOut, "301", "selfcheck", Rules.Access.PinResult.Right), (act.Kind, act.Item, act.Device, act.Pin));
        Assert.Equal(Samples.TokenOf(Samples.KnownCard), act.Token);
        Assert.Equal(CardEnvelope.Length, act.Envelope.Length);
        Assert.Equal(act.DueOn, Rules.Branches.OpeningCalendar.DateAt(NodaTime.Instant.FromDateTimeOffset(answer.Due!.Value)));
        Assert.True(act.Time.Trusted);
    }

    [Fact]
    public async Task A_return_needs_no_card_and_is_kept_with_its_time()
    {
        var answer = await TakeBackAsync("301");

        Assert.Equal((true, true), (answer.Done, answer.Resensitize));
        Assert.Equal((ActKind.CheckIn, 0, 0), (Kept[0].Kind, Kept[0].Token.Length, Kept[0].Envelope.Length));
    }

    [Theory]
    [InlineData("wrong PIN")]
    [InlineData("unknown")]
    [InlineData("unreadable")]
    [InlineData("lost")]
    [InlineData("loan ban")]
    [InlineData("use ban")]
    [InlineData("restricted")]
    [InlineData("expired")]
    [InlineData("fail closed")]
    [InlineData("no loans")]
    [InlineData("no item")]
    [InlineData("clock")]
    public async Task Nothing_is_lent_or_kept_where_policy_or_rules_refuse(string why)
    {
        Change(card => Spoil(card, why));
        ChangeBranch(branch =>
        {
            branch.OfflinePolicy = why == "fail closed" ? OfflinePolicy.FailClosed : OfflinePolicy.Cached;
            branch.OfflineLending = new OfflineLending { Checkouts = why == "no loans" ? OfflineCheckouts.None : OfflineCheckouts.KnownCards };
        });
        using var elsewhere = new TempFolder();
        using var distrusting = why == "clock" ? new NodeRig(elsewhere, _authority) : null;
        if (distrusting is not null)
            Fill(distrusting);
        var circulation = distrusting is null ? _circulation : new OutageCirculation(distrusting.Parts, _ => "id");

        var answer = await circulation.CheckOutAsync(
            Loan(
                why == "no item" ? " \u0001" : "301",
                why switch { "unknown" => Samples.UnknownCard, "unreadable" => "no card", _ => Samples.KnownCard },
                why == "wrong PIN" ? Samples.WrongPin : Samples.Pin),
            default);

        Assert.False(answer.Done);
        Assert.NotEmpty(Assert.Single(answer.ScreenMessages));
        Assert.Empty((distrusting ?? _rig).Parts.ActBook.All);
    }

    [Fact]
    public async Task Where_the_branch_lends_to_any_card_an_unknown_one_borrows_and_no_guess_is_spent_on_its_PIN()
    {
        ChangeBranch(branch => branch.OfflineLending = new OfflineLending { Checkouts = OfflineCheckouts.AnyCard, LoanDays = 7 });

        var answer = await LendAsync("301", Samples.UnknownCard);

        Assert.True(answer.Done);
        Assert.Null(Kept[0].Pin);
        Assert.False(_rig.Guesses.Counts(Samples.TokenOf(Samples.UnknownCard)));
        Assert.False((await LendAsync("302", Samples.KnownCard, Samples.WrongPin)).Done);
    }

    [Fact]
    public async Task Returns_are_refused_where_the_branch_takes_none()
    {
        ChangeBranch(branch => branch.OfflineLending = new OfflineLending { ReturnsRefused = true });

        Assert.False((await TakeBackAsync("301")).Done);
        Assert.Empty(Kept);
    }

    [Fact]
    public async Task When_as_many_wait_as_the_branch_allows_the_machine_is_told_no_and_so_it_is_when_it_asks_what_works()
    {
        ChangeBranch(branch => branch.OfflineLending = new OfflineLending { MaxActs = 2 });
        await LendAsync("301");
        await TakeBackAsync("302");
        var before = (await ServiceAsync()).CheckoutOk;

        var (loan, back, service) = (await LendAsync("303"), await TakeBackAsync("304"), await ServiceAsync());

        Assert.False(before || loan.Done || back.Done || service.CheckoutOk || service.CheckinOk || service.OffLineOk);
        Assert.Equal(2, Kept.Count);
    }

    [Fact]
    public async Task What_works_is_told_honestly()
    {
        var service = await ServiceAsync();

        Assert.Equal((true, true, true, true, false), (service.OnLine, service.CheckoutOk, service.CheckinOk, service.OffLineOk, service.RenewalOk));
        Assert.Equal(
            SupportedMessages.PatronStatus | SupportedMessages.PatronInformation | SupportedMessages.Checkout | SupportedMessages.Checkin, service.Supported);
    }

    [Fact]
    public async Task A_machine_that_asks_again_gets_the_same_answer_and_one_act_is_kept()
    {
        var (first, second) = (await LendAsync("301"), await LendAsync("301"));
        await TakeBackAsync("302");
        await TakeBackAsync("302");

        Assert.Equal((first.TransactionId, first.Due), (second.TransactionId, second.Due));
        Assert.Equal(["301", "302"], Kept.Select(act => act.Item));
    }

    [Fact]
    public async Task A_loan_that_was_taken_back_may_be_lent_again()
    {
        await LendAsync("301");
        await TakeBackAsync("301");
        await LendAsync("301");

        Assert.Equal([ActKind.CheckOut, ActKind.CheckIn, ActKind.CheckOut], Kept.Select(act => act.Kind));
    }

    [Fact]
    public async Task What_happened_while_the_machine_was_alone_is_kept_with_the_machines_time_and_promise_whatever_the_policy_says()
    {
        ChangeBranch(branch => branch.OfflineLending = new OfflineLending { Checkouts = OfflineCheckouts.None, ReturnsRefused = true });
        var told = TimeProvider.System.GetUtcNow().AddHours(-3);
        var due = new DateTimeOffset(2027, 1, 15, 12, 0, 0, TimeSpan.Zero);

        var loan = await _circulation.CheckOutAsync(Loan("301", Samples.UnknownCard, pin: null) with { NoBlock = true, DeviceTime = told, OfflineDue = due }, default);
        var back = await _circulation.CheckInAsync(Return("302") with { NoBlock = true, ReturnedAt = told }, default);

        Assert.True(loan.Done && back.Done);
        Assert.All(Kept, act => Assert.Equal(NodaTime.Instant.FromDateTimeOffset(told), act.Time.Told));
        Assert.Equal(new NodaTime.LocalDate(2027, 1, 15), Kept[0].DueOn);
    }

    [Fact]
    public async Task Renewals_holds_and_payments_are_refused_and_nothing_is_kept()
    {
        var asker = Asker();
        var renewal = await _circulation.RenewAsync(new RenewQuestion { Asker = asker, Item = "301", Card = Samples.KnownCard }, default);
        var hold = await _circulation.HoldAsync(new HoldQuestion { Asker = asker, Item = "301", Card = Samples.KnownCard }, default);
        var fee = await _circulation.PayAsync(new FeeQuestion { Asker = asker, Card = Samples.KnownCard, Amount = 1 }, default);

        Assert.False(renewal.Done || hold.Done || fee.Done);
        Assert.Empty(Kept);
    }

    [Fact]
    public async Task A_full_disk_is_a_no()
    {
        using var small = new TempFolder();
        using var book = new ActBook(small["acts.db"], maxBytes: 16 * 1024);
        var circulation = new OutageCirculation(_rig.Parts with { ActBook = book }, _ => Guid.NewGuid().ToString("N"));
        LoanAnswer last;
        var lent = 0;
        do
        {
            last = await circulation.CheckOutAsync(Loan($"{lent}", Samples.KnownCard, Samples.Pin), default);
            lent += last.Done ? 1 : 0;
        }
        while (last.Done);

        Assert.Contains("Mitään ei kirjattu", Assert.Single(last.ScreenMessages), StringComparison.Ordinal);
        Assert.Equal(lent, book.Waiting);
    }

    public void Dispose()
    {
        _rig.Dispose();
        _folder.Dispose();
    }

    private static void Spoil(Entitlement card, string why)
    {
        card.Lost = why == "lost";
        card.Restricted = why == "restricted";
        card.CardExpiresOn = why == "expired" ? "2020-01-01" : "";
        if (why is "loan ban" or "use ban")
            card.Bans.Add(Ban(why == "loan ban" ? BanKind.Loan : BanKind.Use));
    }

    private static BanFact Ban(BanKind kind) => new() { Kind = kind, StartTime = Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow().AddDays(-1)) };

    private static Asker Asker(DeviceRole role = DeviceRole.SelfCheck, Language language = Language.Finnish) =>
        new() { Login = "selfcheck", Institution = TestAuthority.Branch, Role = role, Language = language };

    private static CheckoutQuestion Loan(string item, string card, string? pin) => new() { Asker = Asker(), Item = item, Card = card, Pin = Claim(pin) };

    private static CheckinQuestion Return(string item) => new() { Asker = Asker(), Item = item };

    private static PinClaim Claim(string? pin) => pin is null ? PinClaim.None : new PinClaim(Secret.From(pin), Proven: false);

    private static void Fill(NodeRig rig)
    {
        rig.Parts.Replica.Begin(snapshot: true, Samples.Keys.KeyId);
        rig.Parts.Replica.Apply(Samples.State(Samples.Branch()));
        rig.Parts.Replica.Apply(Samples.State(Samples.Adult()));
        rig.Parts.Replica.Complete(Samples.At(1));
    }

    private Task<PatronAnswer> AskAsync(string card, string pin, DeviceRole role = DeviceRole.SelfCheck, Language language = Language.Finnish) =>
        _circulation.PatronAsync(new PatronQuestion { Asker = Asker(role, language), Card = card, Pin = Claim(pin) }, default).AsTask();

    private Task<LoanAnswer> LendAsync(string item, string card = Samples.KnownCard, string pin = Samples.Pin) =>
        _circulation.CheckOutAsync(Loan(item, card, pin), default).AsTask();

    private Task<ReturnAnswer> TakeBackAsync(string item) => _circulation.CheckInAsync(Return(item), default).AsTask();

    private Task<ServiceAnswer> ServiceAsync() => _circulation.ServiceAsync(new ServiceQuestion { Asker = Asker() }, default).AsTask();

    private void Change(Action<Entitlement> change)
    {
        var card = Samples.Adult();
        change(card);
        _rig.Parts.Replica.Apply(Samples.State(card, version: 2));
    }

    private void ChangeBranch(Action<Branch> change)
    {
        var facts = Samples.Branch();
        change(facts.Branch);
        _rig.Parts.Replica.Apply(Samples.State(facts, version: 2));
    }
}
