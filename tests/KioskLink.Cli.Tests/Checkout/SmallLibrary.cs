using System.Collections.Concurrent;
using System.Net;
using KioskLink.Sip2;
using KioskLink.Sip2.Circulation;
using KioskLink.Sip2.Server;

namespace KioskLink.Cli.Checkout;

/// <summary>A library in memory behind a real listener: login `hall`, one card and its PIN, every item lent once.</summary>
internal sealed class SmallLibrary : ICirculation, IAsyncDisposable
{
    public const string User = "hall", Password = "hall-secret-71", Card = "29909090000018", Pin = "260195", Name = "Esimerkki Aino", Title = "Seitsemän veljestä";

    private static readonly DateTimeOffset Due = new(2026, 12, 19, 21, 59, 0, TimeSpan.Zero);

    private readonly ConcurrentDictionary<string, string> _loans = new();
    private readonly DeviceProfile _profile;

    public SmallLibrary(DeviceProfile? profile = null, ListenerLimits? limits = null)
    {
        _profile = profile ?? new DeviceProfile { Institution = "FI-Lh-Renkomaki", LibraryName = "Renkomäki", Language = Language.Finnish };
        Listener = Sip2Listener.Start(
            new Sip2ListenerOptions { EndPoint = new(IPAddress.Loopback, 0), Rules = new SessionRules { Profile = _profile }, Limits = limits ?? new() }, this, TimeProvider.System);
    }

    public Sip2Listener Listener { get; }

    /// <summary>Every question that was asked.</summary>
    public ConcurrentQueue<object> Questions { get; } = new();

    /// <summary>A loan is never answered.</summary>
    public bool IsSilent { get; set; }

    public ValueTask<DeviceProfile?> LogInAsync(LoginQuestion question, CancellationToken cancel) =>
        new(question.UserId == User && question.Password.IsSame(Secret.From(Password)) ? _profile : null);

    public ValueTask<ServiceAnswer> ServiceAsync(ServiceQuestion question, CancellationToken cancel) =>
        new(new ServiceAnswer { OnLine = true, CheckinOk = true, CheckoutOk = true, RenewalOk = true, Supported = (SupportedMessages)0xFFFF });

    public ValueTask<PatronAnswer> PatronAsync(PatronQuestion question, CancellationToken cancel) => Heard(question, question.Card != Card
        ? new PatronAnswer { ScreenMessages = ["Korttia ei hyväksytä"] }
        : new PatronAnswer { Standing = PatronStanding.Good, Name = Name, Pin = Verdict(question.Pin), Charged = _loans.Count, Overdue = 0, AvailableHolds = 1 });

    public ValueTask<PatronAnswer> BlockAsync(BlockQuestion question, CancellationToken cancel) => Heard(question, new PatronAnswer());

    public async ValueTask<LoanAnswer> CheckOutAsync(CheckoutQuestion question, CancellationToken cancel)
    {
        if (IsSilent)
            await Task.Delay(Timeout.InfiniteTimeSpan, cancel);
        Questions.Enqueue(question);
        return _loans.TryAdd(question.Item, question.Card) ? new LoanAnswer { Done = true, Title = Title, Due = Due, Desensitize = true } : LoanAnswer.Refused("Lainassa toisella");
    }

    public ValueTask<ReturnAnswer> CheckInAsync(CheckinQuestion question, CancellationToken cancel) =>
        Heard(question, _loans.TryRemove(question.Item, out _) ? new ReturnAnswer { Done = true, Title = Title, Resensitize = true } : ReturnAnswer.Refused("Ei lainassa"));

    public ValueTask<LoanAnswer> RenewAsync(RenewQuestion question, CancellationToken cancel) => Heard(question, new LoanAnswer { Done = true, Renewed = true, Title = Title, Due = Due });

    public ValueTask<RenewAllAnswer> RenewAllAsync(RenewAllQuestion question, CancellationToken cancel) => Heard(question, new RenewAllAnswer());

    public ValueTask<HoldAnswer> HoldAsync(HoldQuestion question, CancellationToken cancel) => Heard(question, new HoldAnswer());

    public ValueTask<FeeAnswer> PayAsync(FeeQuestion question, CancellationToken cancel) => Heard(question, new FeeAnswer());

    public ValueTask<ItemAnswer> ItemAsync(ItemQuestion question, CancellationToken cancel) =>
        Heard(question, new ItemAnswer { Status = _loans.ContainsKey(question.Item) ? CirculationStatus.Charged : CirculationStatus.Available, Title = Title });

    public ValueTask<ItemUpdateAnswer> UpdateItemAsync(ItemUpdateQuestion question, CancellationToken cancel) => Heard(question, new ItemUpdateAnswer());

    public ValueTask EndSessionAsync(EndSessionQuestion question, CancellationToken cancel) => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => Listener.DisposeAsync();

    private static PinVerdict Verdict(PinClaim claim) =>
        claim.Proven ? PinVerdict.Right : claim.Typed is not { } pin ? PinVerdict.NotChecked : pin.IsSame(Secret.From(Pin)) ? PinVerdict.Right : PinVerdict.Wrong;

    private ValueTask<T> Heard<T>(object question, T answer)
    {
        Questions.Enqueue(question);
        return new(answer);
    }
}
