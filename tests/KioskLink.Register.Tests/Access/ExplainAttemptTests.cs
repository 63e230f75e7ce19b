using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Access;
using static KioskLink.Protos.Types.V1.DecisionCode;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Tests.Access;

/// <summary>An attempt that was made is explained with what was decided of it, also where the register's facts alone would not tell (R81).</summary>
public sealed class ExplainAttemptTests
{
    [Theory]
    [InlineData(PinWrong, "PIN")]
    [InlineData(PinMissing, "PIN")]
    [InlineData(Lockdown, "door")]
    [InlineData(AlarmArmed, "door")]
    public async Task R81_A_denial_by_PIN_or_door_is_explained_with_what_was_decided_and_why_the_facts_do_not_tell(Wire.DecisionCode code, string why)
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);
        var decided = await register.EnterAsync(register.Ask(card, request => Arrange(request, code)));
        await register.NotedAsync("attempt");

        var explained = await ExplainAsync(register, "attempt");

        Assert.Equal((code, code, Wire.Source.Register), (decided.Code, explained.Recorded.Code, explained.Recorded.Source));
        Assert.Equal((Granted, true), (explained.Decision.Code, explained.Recorded.Differs));
        Assert.Contains(why, explained.Recorded.Difference, StringComparison.Ordinal);
    }

    [Fact]
    public async Task R81_A_decision_of_a_node_that_was_cut_off_is_explained_as_its_own()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);
        var at = register.Now.ToUnixTimeMilliseconds();
        await register.Core.Lane.WriteAsync(scope => scope.Db.Add(new AttemptRow
        {
            Consortium = "lastu",
            AttemptId = "alone",
            BranchId = TestRegister.Main,
            NodeId = "main-front",
            DoorId = "front",
            PresentedAt = at,
            ReceivedAt = at,
            Code = (int)OfflineTooOld,
            Source = (int)Wire.Source.Replica,
            CardRef = $"card-{register.Card(card).CardId}",
        }));

        var recorded = (await ExplainAsync(register, "alone")).Recorded;

        Assert.Equal((OfflineTooOld, Wire.Source.Replica, true), (recorded.Code, recorded.Source, recorded.Differs));
        Assert.Contains("cut off", recorded.Difference, StringComparison.Ordinal);
    }

    [Fact]
    public async Task R81_An_attempt_that_the_facts_decided_comes_out_the_same_however_they_change_since()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);
        await register.EnterAsync(register.Ask(card, request => request.AttemptId = "attempt"));
        await register.NotedAsync("attempt");
        register.Time.Advance(TimeSpan.FromMinutes(10));
        await register.Cards.ReportCardLost(new ReportCardLostRequest { CardNumber = card }, TestCall.Admin());

        var explained = await ExplainAsync(register, "attempt");

        Assert.Equal((Granted, Granted, false, ""), (explained.Decision.Code, explained.Recorded.Code, explained.Recorded.Differs, explained.Recorded.Difference));
        Assert.Equal(Granted, Assert.Single(explained.Rules, rule => rule.Decisive).Code);
        Assert.NotEmpty(explained.ReviewRoutes);
    }

    [Fact]
    public async Task R81_A_card_that_nobody_has_is_explained_as_such()
    {
        await using var register = await TestRegister.StartAsync();
        await register.EnterAsync(register.Ask(TestRegister.CardNumber(9), request => request.AttemptId = "attempt"));
        await register.NotedAsync("attempt");

        var explained = await ExplainAsync(register, "attempt");

        Assert.Equal((CardUnknown, CardUnknown, false), (explained.Decision.Code, explained.Recorded.Code, explained.Recorded.Differs));
    }

    [Fact]
    public async Task An_attempt_that_nobody_made_is_not_found_and_one_is_not_asked_for_beside_a_card_or_a_time()
    {
        await using var register = await TestRegister.StartAsync();

        await Refusals.RefusedAsync(StatusCode.NotFound, "attempt", () => ExplainAsync(register, "never"));
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "`attempt_id`", () => ExplainAsync(register, "never", request => request.CustomerId = "10001"));
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "`branch_id`", () => ExplainAsync(register, ""));
    }

    private static void Arrange(AuthorizeEntryRequest request, Wire.DecisionCode code)
    {
        request.AttemptId = "attempt";
        request.Conditions = new DoorConditions { Lockdown = code == Lockdown, AlarmArmed = code == AlarmArmed };
        request.Pin = code == PinWrong ? TestRegister.Digits("0000") : code == PinMissing ? Google.Protobuf.ByteString.Empty : request.Pin;
    }

    private static Task<ExplainAccessResponse> ExplainAsync(TestRegister register, string attempt, Action<ExplainAccessRequest>? change = null)
    {
        var request = new ExplainAccessRequest { AttemptId = attempt };
        change?.Invoke(request);
        return Task.Run(() => register.Access.ExplainAccess(request, TestCall.Admin()));
    }
}
