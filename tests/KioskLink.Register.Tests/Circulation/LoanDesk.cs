using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Loans;
using KioskLink.Register.Profiles;
using KioskLink.Rules.Loans;
using NodaTime;

namespace KioskLink.Register.Tests.Circulation;

/// <summary>A register with two patrons, some items and a checkout machine: acts as a machine sends them.</summary>
internal sealed class LoanDesk : IAsyncDisposable
{
    public const string Aino = "10001";
    public const string Ville = "10002";

    private int _acts;

    private LoanDesk(TestRegister register) => Register = register;

    public TestRegister Register { get; }

    public string AinosCard { get; private set; } = "";

    public string VillesCard { get; private set; } = "";

    public LocalDate Today => Rules.Branches.OpeningCalendar.DateAt(Register.Now);

    private Register.Loans.LoanService Service => Register.Loans;

    public static async Task<LoanDesk> OpenAsync(Func<LoanRuleSet, LoanRuleSet>? change = null, Func<ConsortiumProfile, ConsortiumProfile>? profile = null)
    {
        var register = await TestRegister.StartAsync(shipped =>
        {
            var own = profile?.Invoke(shipped) ?? shipped;
            return own with { LoanRules = change?.Invoke(own.LoanRules) ?? own.LoanRules };
        });
        var desk = new LoanDesk(register);
        desk.AinosCard = await register.PatronAsync(Aino, 1);
        desk.VillesCard = await register.PatronAsync(Ville, 2, patron => (patron.FirstNames, patron.Language) = ("Ville Testi", Protos.Types.V1.Language.Fi));
        await desk.ItemAsync("i1");
        await desk.ItemAsync("i2");
        return desk;
    }

    /// <summary>An item of the library system; two of one title share its id.</summary>
    public async Task ItemAsync(string id, Action<LoanRecord>? change = null)
    {
        var record = new LoanRecord { Kind = LoanRecordKind.Item, Id = id, Title = $"Title {id}", Owner = "Lahti", Cents = 2500, ItemType = "book" };
        change?.Invoke(record);
        await TellAsync(record);
    }

    public async Task TellAsync(params LoanRecord[] records)
    {
        var told = await Service.ImportLoans(new ImportLoansRequest { Records = { records } }, TestCall.Admin());
        Assert.Empty(told.Problems);
    }

    public Act Act(Action<Act>? change = null)
    {
        var act = new Act { TransactionId = $"act-{Interlocked.Increment(ref _acts)}", DeviceId = "machine", DeviceRole = DeviceRole.SelfCheck };
        change?.Invoke(act);
        return act;
    }

    /// <summary>An act that happened so long ago without the register.</summary>
    public Act Told(NodaTime.Duration ago) => Act(act => (act.NoBlock, act.HappenedTime) = (true, Timestamp.FromDateTimeOffset((Register.Now - ago).ToDateTimeOffset())));

    public static Borrower With(string card, string pin = TestRegister.Pin) =>
        new() { CardNumber = card, Pin = TestRegister.Digits(pin) };

    public Task<CheckOutResponse> LendAsync(string card, string item, Act? act = null, Action<CheckOutRequest>? change = null, ServerCallContext? call = null)
    {
        var request = new CheckOutRequest { Act = act ?? Act(), Borrower = With(card), ItemId = item, MayRenew = true };
        change?.Invoke(request);
        return Service.CheckOut(request, call ?? TestCall.Node());
    }

    public Task<CheckInResponse> ReturnAsync(string item, Act? act = null, Action<CheckInRequest>? change = null, ServerCallContext? call = null)
    {
        var request = new CheckInRequest { Act = act ?? Act(), ItemId = item };
        change?.Invoke(request);
        return Service.CheckIn(request, call ?? TestCall.Node());
    }

    public Task<RenewResponse> RenewAsync(string card, string item, Act? act = null, Action<RenewRequest>? change = null)
    {
        var request = new RenewRequest { Act = act ?? Act(), Borrower = With(card), ItemId = item };
        change?.Invoke(request);
        return Service.Renew(request, TestCall.Node());
    }

    public Task<PlaceHoldResponse> HoldAsync(string card, string item, Act? act = null, Action<PlaceHoldRequest>? change = null)
    {
        var request = new PlaceHoldRequest { Act = act ?? Act(), Borrower = With(card), ItemId = item, Action = HoldAction.Place };
        change?.Invoke(request);
        return Service.PlaceHold(request, TestCall.Node());
    }

    public Task<PayFeeResponse> PayAsync(string card, long cents, Act? act = null, Action<PayFeeRequest>? change = null)
    {
        var request = new PayFeeRequest { Act = act ?? Act(), Borrower = new Borrower { CardNumber = card }, Cents = cents, Method = "card" };
        change?.Invoke(request);
        return Service.PayFee(request, TestCall.Node());
    }

    public Task<WithdrawActResponse> WithdrawAsync(Act act, string item = "") => Service.WithdrawAct(new WithdrawActRequest { Act = act, ItemId = item }, TestCall.Node());

    public Task<GetPatronInformationResponse> AskAsync(string card, string pin = TestRegister.Pin, Action<GetPatronInformationRequest>? change = null, ServerCallContext? call = null)
    {
        var request = new GetPatronInformationRequest
        {
            Borrower = With(card, pin),
            DeviceId = "machine",
            DeviceRole = DeviceRole.SelfCheck,
            AttemptId = $"ask-{Interlocked.Increment(ref _acts)}",
        };
        change?.Invoke(request);
        return Service.GetPatronInformation(request, call ?? TestCall.Node());
    }

    public async Task<Item> ItemOfAsync(string item) => (await Service.GetItem(new GetItemRequest { ItemId = item, DeviceId = "machine" }, TestCall.Node())).Item;

    public async Task<IReadOnlyList<LoanConflict>> ConflictsAsync(bool settled = false, ServerCallContext? call = null) =>
        (await Service.ListLoanConflicts(new ListLoanConflictsRequest { Settled = settled }, call ?? TestCall.Admin())).Conflicts;

    public Task PassAsync(int days)
    {
        Register.Time.Advance(TimeSpan.FromDays(days));
        return Task.CompletedTask;
    }

    public T Rows<T>(Func<KioskLink.Register.Store.RegisterDb, T> read)
    {
        using var db = Register.Core.Store.Read();
        return read(db);
    }

    public IReadOnlyList<LoanRow> Loans => Rows(db => db.Set<LoanRow>().ToList());

    public string Day(int from) => ((LocalDate?)Today.PlusDays(from))!.Value.ToString("uuuu-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    public ValueTask DisposeAsync() => Register.DisposeAsync();
}
