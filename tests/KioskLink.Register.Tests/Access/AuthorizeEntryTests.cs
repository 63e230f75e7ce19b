using Google.Protobuf.Collections;
using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Access;
using KioskLink.Register.Facts;
using KioskLink.Register.Identity;
using NodaTime;
using static KioskLink.Protos.Types.V1.DecisionCode;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Tests.Access;

public sealed class AuthorizeEntryTests
{
    [Fact]
    public async Task A_known_card_with_its_pin_is_let_in_and_told_so_in_the_patrons_language()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);

        var decision = await register.EnterAsync($"]A0{card}\r");

        Assert.Equal((Granted, true, Wire.Source.Register, Wire.Language.Sv), (decision.Code, decision.Granted, decision.Source, decision.Language));
        Assert.Equal(10, decision.UnlockFor.ToTimeSpan().TotalSeconds);
        Assert.Equal(register.Core.Log.ReadAfter(0, 100)!.Count, register.Core.Log.Head.Version);
    }

    [Fact]
    public async Task An_unknown_card_and_a_wrong_pin_get_the_same_text()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);

        var wrong = await register.EnterAsync(card, "0001");
        var unknown = await register.EnterAsync(TestRegister.CardNumber(2), "0001");

        Assert.Equal((PinWrong, CardUnknown), (wrong.Code, unknown.Code));
        Assert.Equal((wrong.MessageKey, wrong.Message, wrong.Language), (unknown.MessageKey, unknown.Message, unknown.Language));
    }

    [Theory]
    [InlineData("30091234567890", CardUnreadable)]
    [InlineData("", CardUnreadable)]
    public async Task What_is_no_card_of_the_consortium_is_unreadable(string read, Wire.DecisionCode code)
    {
        await using var register = await TestRegister.StartAsync();

        if (read.Length == 0)
        {
            await Refusals.RefusedAsync(StatusCode.InvalidArgument, "card_number", () => register.EnterAsync(read));
            return;
        }

        Assert.Equal(code, (await register.EnterAsync(read)).Code);
    }

    [Fact]
    public async Task A_door_or_branch_that_is_not_configured_lets_nobody_in()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);

        var noDoor = await register.EnterAsync(register.Ask(card, request => request.DoorId = "back"));
        var noBranch = await register.EnterAsync(card, call: TestCall.Node("lost", "FI-Nowhere"));

        Assert.Equal((NodeMisconfigured, NodeMisconfigured), (noDoor.Code, noBranch.Code));
    }

    [Fact]
    public async Task A_repeated_attempt_gets_the_same_answer_and_counts_once_even_after_a_restart()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);
        var first = await register.EnterAsync(card, "0001", attempt: "again");
        var again = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => register.EnterAsync(card, "0001", attempt: "again")));

        await register.RestartAsync();
        var restarted = await register.EnterAsync(card, attempt: "again");

        Assert.All(again, answer => Assert.Equal(first, answer));
        Assert.Equal(first, restarted);
        Assert.Single(register.Card(card).Facts.Guesses.WrongTimes);
        Assert.Single(Attempts(register));
    }

    [Fact]
    public async Task The_same_attempt_id_from_another_node_is_another_attempt()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);

        var one = await register.EnterAsync(card, "0001", attempt: "1");
        var other = await register.EnterAsync(card, attempt: "1", call: TestCall.Node("other", TestRegister.Other));

        Assert.Equal((PinWrong, Granted), (one.Code, other.Code));
    }

    [Fact]
    public async Task A_node_asks_for_its_own_branch_only_and_an_administrator_names_one()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);
        AuthorizeEntryRequest Ask(string branch) => register.Ask(card, request => request.BranchId = branch);

        await Refusals.RefusedAsync(StatusCode.PermissionDenied, "FOREIGN_BRANCH", () => register.EnterAsync(Ask(TestRegister.Other)));
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "branch_id", () => register.EnterAsync(Ask(""), TestCall.Admin()));
        Assert.Equal(Granted, (await register.EnterAsync(Ask(TestRegister.Other), TestCall.Admin())).Code);
    }

    [Fact]
    public async Task The_pin_is_wiped_from_the_request()
    {
        await using var register = await TestRegister.StartAsync();
        var request = register.Ask(TestRegister.CardNumber(1));

        await register.EnterAsync(request);

        Assert.All(request.Pin.ToByteArray(), digit => Assert.Equal(0, digit));
    }

    [Fact]
    public async Task A_grant_brings_the_card_into_the_scope_of_the_branch_through_the_log()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);
        var branch = register.Core.Index.Branch(TestRegister.Main)!.Policy;
        Assert.False(ReplicaScopes.Holds(branch, register.Card(card), register.Now));
        var head = register.Core.Log.Head.Version;

        await register.EnterAsync(card);
        await register.VisitedAsync(card);

        var change = Assert.Single(register.Core.Log.ReadAfter(head, 10)!);
        Assert.Equal(register.Card(card).Entity, change.Entity);
        Assert.True(ReplicaScopes.Holds(branch, register.Card(card), register.Now));
        Assert.False(ReplicaScopes.Holds(branch, register.Card(card), register.Now + Duration.FromDays(60)));
        Assert.Contains(register.Core.Index.EntriesForBranch(branch, register.Now), entry => entry is CardEntry);
    }

    [Fact]
    public async Task A_refusal_brings_no_card_into_a_scope()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1, patron => patron.TermsAcceptedOn = "");

        var decision = await register.EnterAsync(card);
        await register.RestartAsync();

        Assert.Equal(TermsNotAccepted, decision.Code);
        Assert.Empty(register.Card(card).Visits);
    }

    [Fact]
    public async Task A_badge_opens_without_a_pin()
    {
        await using var register = await TestRegister.StartAsync();
        await register.Permissions.UpsertBadge(
            new UpsertBadgeRequest { Badge = new Wire.Badge { BadgeRef = "guard-1", Role = Wire.BadgeRole.Guard }, CardNumber = TestRegister.CardNumber(5) },
            TestCall.Admin());

        Assert.Equal(GrantedBadge, (await register.EnterAsync(TestRegister.CardNumber(5), pin: "")).Code);
    }

    [Fact]
    public async Task What_the_door_itself_knows_decides_too()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);
        AuthorizeEntryRequest Ask(DoorConditions conditions) => register.Ask(card, request => request.Conditions = conditions);

        Assert.Equal(Lockdown, (await register.EnterAsync(Ask(new DoorConditions { Lockdown = true }))).Code);
        Assert.Equal(AlarmArmed, (await register.EnterAsync(Ask(new DoorConditions { AlarmArmed = true }))).Code);
    }

    [Fact]
    public async Task Every_decision_becomes_one_row_that_staff_can_list_newest_first()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);
        await register.EnterAsync(card, "0001", attempt: "first");
        await register.EnterAsync(card, attempt: "second");
        await register.RestartAsync();

        var attempts = Attempts(register);

        Assert.Equal(["second", "first"], attempts.OrderByDescending(attempt => attempt.RegisterCode).Select(attempt => attempt.AttemptId));
        Assert.All(attempts, attempt => Assert.Equal((TestRegister.Main, "main-front", "front"), (attempt.BranchId, attempt.NodeId, attempt.DoorId)));
        Assert.Single(Attempts(register, request => request.AttemptId = "first"));
        Assert.Single(Attempts(register, request => request.PageSize = 1));
    }

    private static RepeatedField<Attempt> Attempts(TestRegister register, Action<ListAttemptsRequest>? change = null)
    {
        var request = new ListAttemptsRequest();
        change?.Invoke(request);
        return register.Service<AttemptPages>().List(request, TestCall.Admin().Caller()).Page.Attempts;
    }
}
