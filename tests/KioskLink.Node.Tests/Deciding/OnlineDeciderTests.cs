using Grpc.Core;
using KioskLink.Node.Deciding;
using KioskLink.Node.RegisterLink;
using KioskLink.Node.Tests.Rig;
using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;
using KioskLink.Testing;
using Code = KioskLink.Rules.Access.DecisionCode;

namespace KioskLink.Node.Tests.Deciding;

public class OnlineDeciderTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly TestAuthority _authority = new();
    private ScriptedRegister _register = null!;

    public async Task InitializeAsync() => _register = await ScriptedRegister.StartAsync(_authority);

    public async Task DisposeAsync()
    {
        await _register.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task The_register_has_the_word_while_it_answers()
    {
        _register.Authorize = _ => Task.FromResult(Answer(DecisionCode.UseBan));
        using var rig = Rig(TimeSpan.FromMinutes(10)).Online();

        var decision = await rig.Present(Samples.KnownCard);

        Assert.Equal((Code.UseBan, DecisionSource.Register), (decision.Decision.Code, decision.Source));
        Assert.Equal(LinkState.Online, rig.Parts.Link.State);
    }

    [Fact]
    public async Task The_register_is_told_card_pin_attempt_and_conditions()
    {
        AuthorizeEntryRequest? asked = null;
        byte[] pin = [];
        _register.Authorize = request =>
        {
            (asked, pin) = (request, request.Pin.ToByteArray());
            return Task.FromResult(Answer(DecisionCode.Granted));
        };
        using var rig = Rig(TimeSpan.FromMinutes(10)).Online();

        await rig.Present(Samples.KnownCard, attempt: "attempt-1");

        Assert.Equal((Samples.KnownCard, "attempt-1", Samples.Door), (asked!.CardNumber, asked.AttemptId, asked.DoorId));
        Assert.Equal(Samples.Pin, System.Text.Encoding.ASCII.GetString(pin));
    }

    [Fact]
    public async Task After_its_patience_a_grant_of_the_replica_stands_and_the_link_is_suspect()
    {
        var late = new TaskCompletionSource<AuthorizeEntryResponse>();
        _register.Authorize = _ => late.Task;
        using var rig = Rig(TimeSpan.FromMilliseconds(1)).Online();

        var decision = await rig.Present(Samples.KnownCard);

        Assert.Equal((Code.Granted, DecisionSource.Replica), (decision.Decision.Code, decision.Source));
        Assert.NotEqual(LinkState.Online, rig.Parts.Link.State);
        late.SetResult(Answer(DecisionCode.Granted));
    }

    [Fact]
    public async Task A_card_that_the_replica_does_not_grant_waits_for_the_register()
    {
        var late = new TaskCompletionSource<AuthorizeEntryResponse>();
        _register.Authorize = _ => late.Task;
        using var rig = Rig(TimeSpan.FromMilliseconds(1)).Online();
        rig.Parts.Link.Changed += _ => late.TrySetResult(Answer(DecisionCode.Granted));

        var decision = await rig.Present(Samples.UnknownCard);

        Assert.Equal((Code.Granted, DecisionSource.Register), (decision.Decision.Code, decision.Source));
    }

    [Fact]
    public async Task At_the_deadline_the_replicas_refusal_stands_and_the_link_goes_offline()
    {
        var never = new TaskCompletionSource<AuthorizeEntryResponse>();
        _register.Authorize = _ => never.Task;
        using var rig = Rig(TimeSpan.FromMilliseconds(1), RegisterDecisions.DoorDeadline).Online();

        var decision = await rig.Present(Samples.UnknownCard);

        Assert.Equal((Code.OfflineNotCached, DecisionSource.Replica), (decision.Decision.Code, decision.Source));
        Assert.Equal(LinkState.Offline, rig.Parts.Link.State);
        never.SetResult(Answer(DecisionCode.Granted));
    }

    [Fact]
    public async Task A_closed_socket_is_no_reason_to_wait()
    {
        using var rig = Rig(TimeSpan.FromMinutes(10)).Online();
        await _register.DisposeAsync();

        var decision = await rig.Present(Samples.KnownCard);

        Assert.Equal((Code.Granted, DecisionSource.Replica), (decision.Decision.Code, decision.Source));
        _register = await ScriptedRegister.StartAsync(_authority);
    }

    [Fact]
    public async Task Offline_the_register_is_not_asked()
    {
        var asked = false;
        _register.Authorize = _ =>
        {
            asked = true;
            return Task.FromResult(Answer(DecisionCode.Granted));
        };
        using var rig = Rig(TimeSpan.FromMinutes(10));

        var decision = await rig.Present(Samples.KnownCard);

        Assert.Equal(DecisionSource.Replica, decision.Source);
        Assert.False(asked);
    }

    [Fact]
    public async Task Suspect_a_grant_of_the_replica_waits_for_nobody()
    {
        var never = new TaskCompletionSource<AuthorizeEntryResponse>();
        _register.Authorize = _ => never.Task;
        using var rig = Rig(TimeSpan.FromMinutes(10)).Online();
        rig.Parts.Link.Post(LinkInput.CallLate);

        var decision = await rig.Present(Samples.KnownCard);

        Assert.Equal(DecisionSource.Replica, decision.Source);
        never.SetResult(Answer(DecisionCode.Granted));
    }

    [Fact]
    public async Task A_doubt_that_comes_up_meanwhile_ends_the_patience()
    {
        var asked = new TaskCompletionSource();
        var never = new TaskCompletionSource<AuthorizeEntryResponse>();
        _register.Authorize = _ =>
        {
            asked.SetResult();
            return never.Task;
        };
        using var rig = Rig(TimeSpan.FromMinutes(10)).Online();
        var deciding = rig.Present(Samples.KnownCard);
        await Patience.For(asked.Task, "the question");

        rig.Parts.Link.Post(LinkInput.CallLate);

        Assert.Equal((Code.Granted, DecisionSource.Replica), ((await deciding).Decision.Code, (await deciding).Source));
        Assert.Equal(LinkState.Suspect, rig.Parts.Link.State);
        never.SetResult(Answer(DecisionCode.Granted));
    }

    [Fact]
    public async Task A_guess_that_the_register_counted_is_not_spent_here_too()
    {
        _register.Authorize = _ => Task.FromResult(Answer(DecisionCode.PinWrong));
        using var rig = Rig(TimeSpan.FromMinutes(10)).Online();

        var decision = await rig.Present(Samples.KnownCard, Samples.WrongPin);

        Assert.Equal(DecisionSource.Register, decision.Source);
        await Patience.Until(() => rig.Guesses.StateOf(Samples.TokenOf(Samples.KnownCard)) is { WrongTimes.Count: 0 }, "the guess was given back");
    }

    [Fact]
    public async Task A_refused_certificate_is_an_alarm()
    {
        _register.Authorize = _ => throw new RpcException(
            new Status(StatusCode.Unauthenticated, "CERTIFICATE_REVOKED: enrol the node anew."), new Metadata { { "kiosklink-reason", "CERTIFICATE_REVOKED" } });
        using var rig = Rig(TimeSpan.FromMinutes(10)).Online();

        await rig.Present(Samples.KnownCard);

        Assert.Contains(rig.Parts.Alarms.Standing, alarm => alarm.Contains("CERTIFICATE_REVOKED", StringComparison.Ordinal));
    }

    private NodeRig Rig(TimeSpan patience, TimeSpan? deadline = null) =>
        new NodeRig(_folder, _authority, _register.Address, deadline).Holding(Samples.Branch(patience), Samples.Adult());

    private static AuthorizeEntryResponse Answer(DecisionCode code) => new()
    {
        Decision = new Protos.Types.V1.Decision { Code = code, Granted = code == DecisionCode.Granted, Source = Source.Register, FactsVersion = 7 },
    };
}
