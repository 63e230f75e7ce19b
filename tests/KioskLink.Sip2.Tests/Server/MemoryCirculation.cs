using System.Collections.Concurrent;
using KioskLink.Sip2.Circulation;
using KioskLink.Sip2.Server;

namespace KioskLink.Sip2.Tests.Server;

/// <summary>A library in memory: card 2990000001 with PIN 4711, and any item lent once.</summary>
internal sealed class MemoryCirculation : ICirculation
{
    public const string Card = "2990000001", Pin = "4711";

    public static readonly DateTimeOffset Due = new(2026, 12, 19, 21, 59, 0, TimeSpan.Zero);

    private readonly ConcurrentDictionary<string, string> _loans = new();

    public MemoryCirculation() => Profiles["kiosk1"] = ("s3cret", new DeviceProfile { Institution = "KIRJ", LibraryName = "Kirjasto" });

    public ConcurrentDictionary<string, (string Password, DeviceProfile Profile)> Profiles { get; } = new();

    public ConcurrentQueue<object> Questions { get; } = new();

    public bool RemembersQuestions { get; init; } = true;

    /// <summary>Runs before each answer; a test makes it wait or throw.</summary>
    public Func<CancellationToken, ValueTask>? Before { get; set; }

    public PatronStanding Standing { get; set; } = PatronStanding.Good;

    public string? LentTo(string item) => _loans.GetValueOrDefault(item);

    public async ValueTask<DeviceProfile?> LogInAsync(LoginQuestion question, CancellationToken cancel)
    {
        await HearAsync(question, cancel);
        return Profiles.TryGetValue(question.UserId, out var known) && question.Password.IsSame(Secret.From(known.Password)) ? known.Profile : null;
    }

    public ValueTask<ServiceAnswer> ServiceAsync(ServiceQuestion question, CancellationToken cancel) => Then(HearAsync(question, cancel), () => new ServiceAnswer
    {
        OnLine = true,
        CheckinOk = true,
        CheckoutOk = true,
        RenewalOk = true,
        OffLineOk = true,
        Supported = (SupportedMessages)0xFFFF,
    });

    public ValueTask<PatronAnswer> PatronAsync(PatronQuestion question, CancellationToken cancel) => Then(HearAsync(question, cancel), () => question.Card != Card
        ? new PatronAnswer { ScreenMessages = ["Tuntematon kortti"] }
        : new PatronAnswer
        {
            Standing = Standing,
            Name = "Virtanen Ville",
            Pin = Verdict(question.Pin),
            AvailableHolds = 1,
            UnavailableHolds = 2,
            Overdue = 0,
            Charged = _loans.Count(loan => loan.Value == Card),
            Fines = 0,
            Recalls = 0,
            FeeAmount = 1.5m,
            Currency = "EUR",
            Email = "ville@example.org",
            List = question.List == PatronList.Charged ? [.. _loans.Keys.Order()] : [],
            Attributes = new Dictionary<PatronAttribute, string> { [PatronAttribute.SelfServiceAccess] = Standing == PatronStanding.Good ? "1" : "0" },
            ScreenMessages = Standing == PatronStanding.Good ? [] : ["Kulku estetty"],
        });

    public ValueTask<PatronAnswer> BlockAsync(BlockQuestion question, CancellationToken cancel) =>
        Then(HearAsync(question, cancel), () => new PatronAnswer { Standing = PatronStanding.Refused, Flags = PatronFlags.CardLost });

    public ValueTask<LoanAnswer> CheckOutAsync(CheckoutQuestion question, CancellationToken cancel) => Then(HearAsync(question, cancel), () =>
        question is { Item: "RENTAL", FeeAcknowledged: false } ? new LoanAnswer { FeeAmount = 0.5m, Currency = "EUR", FeeType = FeeType.Rental }
            : _loans.TryAdd(question.Item, question.Card)
            ? new LoanAnswer { Done = true, Title = "Seitsemän veljestä", Due = Due, Desensitize = true }
            : LoanAnswer.Refused("Lainassa"));

    public ValueTask<ReturnAnswer> CheckInAsync(CheckinQuestion question, CancellationToken cancel) => Then(HearAsync(question, cancel), () =>
        _loans.TryRemove(question.Item, out _)
            ? new ReturnAnswer { Done = true, Title = "Seitsemän veljestä", PermanentLocation = "MAIN", Alert = AlertType.HoldElsewhere, Destination = "EAST", Resensitize = true }
            : ReturnAnswer.Refused("Ei lainassa"));

    public ValueTask<LoanAnswer> RenewAsync(RenewQuestion question, CancellationToken cancel) =>
        Then(HearAsync(question, cancel), () => new LoanAnswer { Done = true, Renewed = true, Title = "Seitsemän veljestä", Due = Due });

    public ValueTask<RenewAllAnswer> RenewAllAsync(RenewAllQuestion question, CancellationToken cancel) =>
        Then(HearAsync(question, cancel), () => new RenewAllAnswer { Done = true, Renewed = ["ITEM1"], Unrenewed = ["ITEM2"] });

    public ValueTask<HoldAnswer> HoldAsync(HoldQuestion question, CancellationToken cancel) =>
        Then(HearAsync(question, cancel), () => new HoldAnswer { Done = true, QueuePosition = 3, PickupLocation = question.PickupLocation });

    public ValueTask<FeeAnswer> PayAsync(FeeQuestion question, CancellationToken cancel) => Then(HearAsync(question, cancel), () => new FeeAnswer { Done = true });

    public ValueTask<ItemAnswer> ItemAsync(ItemQuestion question, CancellationToken cancel) => Then(HearAsync(question, cancel), () =>
        LentTo(question.Item) is null ? new ItemAnswer() : new ItemAnswer { Status = CirculationStatus.Charged, Title = "Seitsemän veljestä", Due = Due });

    public ValueTask<ItemUpdateAnswer> UpdateItemAsync(ItemUpdateQuestion question, CancellationToken cancel) =>
        Then(HearAsync(question, cancel), () => new ItemUpdateAnswer { Done = true, Properties = question.Properties });

    public async ValueTask EndSessionAsync(EndSessionQuestion question, CancellationToken cancel) => await HearAsync(question, cancel);

    private static PinVerdict Verdict(PinClaim claim) =>
        claim.Proven ? PinVerdict.Right : claim.Typed is not { } pin ? PinVerdict.NotChecked : pin.IsSame(Secret.From(Pin)) ? PinVerdict.Right : PinVerdict.Wrong;

    private static ValueTask<T> Then<T>(ValueTask heard, Func<T> answer) => heard.IsCompletedSuccessfully ? new(answer()) : Later(heard, answer);

    private static async ValueTask<T> Later<T>(ValueTask heard, Func<T> answer)
    {
        await heard;
        return answer();
    }

    private ValueTask HearAsync(object question, CancellationToken cancel)
    {
        if (RemembersQuestions)
            Questions.Enqueue(question);
        return Before?.Invoke(cancel) ?? ValueTask.CompletedTask;
    }
}
