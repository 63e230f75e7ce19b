using Grpc.Core;
using KioskLink.Node.Kiosk;
using KioskLink.Node.Tests.Rig;
using KioskLink.Protos.Node.V1;
using KioskLink.Protos.Types.V1;
using KioskLink.Testing;

namespace KioskLink.Node.Tests.Kiosk;

/// <summary>Card and PIN for machines that are no doors: the register's word, else the replica's.</summary>
public class CredentialCheckTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly TestAuthority _authority = new();
    private ScriptedRegister _register = null!;
    private NodeRig _rig = null!;

    public async Task InitializeAsync()
    {
        _register = await ScriptedRegister.StartAsync(_authority);
        _rig = new NodeRig(_folder, _authority, _register.Address).Holding(Samples.Branch(), Samples.Adult());
        _rig.Parts.Replica.Apply(Samples.BadgeState(Samples.Badge));
    }

    public async Task DisposeAsync()
    {
        await _register.DisposeAsync();
        _rig.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(Samples.KnownCard, Samples.Pin, true, DecisionCode.Granted)]
    [InlineData(Samples.KnownCard, Samples.WrongPin, false, DecisionCode.PinWrong)]
    [InlineData(Samples.KnownCard, "", false, DecisionCode.PinMissing)]
    [InlineData(Samples.UnknownCard, Samples.Pin, false, DecisionCode.OfflineNotCached)]
    [InlineData(Samples.Badge, Samples.Pin, false, DecisionCode.OfflineNotCached)]
    [InlineData("no card", Samples.Pin, false, DecisionCode.CardUnreadable)]
    public async Task While_the_register_is_away_the_replica_answers_about_the_person(string card, string pin, bool valid, DecisionCode reason)
    {
        var answer = await VerifyAsync(card, pin);

        Assert.Equal((valid, reason, Source.Replica), (answer.Valid, answer.Reason, answer.Source));
    }

    [Fact]
    public async Task The_register_has_the_word_while_it_answers()
    {
        _register.Verify = _ => new Protos.Register.V1.VerifyCredentialsResponse { Valid = false, Reason = DecisionCode.UseBan, Source = Source.Register };
        _rig.Online();

        var answer = await VerifyAsync(Samples.KnownCard, Samples.Pin);

        Assert.Equal((DecisionCode.UseBan, Source.Register), (answer.Reason, answer.Source));
    }

    [Fact]
    public async Task A_register_that_does_not_answer_this_node_is_an_alarm_and_the_replica_answers()
    {
        _register.Verify = _ => throw new RpcException(new Status(StatusCode.PermissionDenied, "NOT_ALLOWED: nodes may not ask."));
        _rig.Online();

        var answer = await VerifyAsync(Samples.KnownCard, Samples.Pin);

        Assert.Equal((true, Source.Replica), (answer.Valid, answer.Source));
        Assert.Contains(_rig.Parts.Alarms.Standing, alarm => alarm.Contains("NOT_ALLOWED", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_repeated_attempt_gets_the_same_answer_and_counts_once()
    {
        var check = new CredentialCheck(_rig.Parts);

        var first = await VerifyAsync(Samples.KnownCard, Samples.WrongPin, check, "a1");
        var second = await VerifyAsync(Samples.KnownCard, Samples.WrongPin, check, "a1");

        Assert.Same(first, second);
        Assert.Single(_rig.Guesses.StateOf(Samples.TokenOf(Samples.KnownCard)).WrongTimes);
    }

    private Task<VerifyCredentialsResponse> VerifyAsync(string card, string pin, CredentialCheck? check = null, string attempt = "a") => Patience.For(
        (check ?? new CredentialCheck(_rig.Parts)).VerifyAsync(
            new VerifyCredentialsRequest { CardNumber = card, Purpose = "checkout", AttemptId = attempt }, new KioskDevice("kiosk-1", Protos.Register.V1.DeviceRole.SelfCheck), System.Text.Encoding.ASCII.GetBytes(pin)),
        "an answer");
}
