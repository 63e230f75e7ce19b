using KioskLink.Register.Facts;
using KioskLink.Rules.Branches;
using KioskLink.Rules.Cards;
using KioskLink.Rules.Pins;
using NodaTime;

namespace KioskLink.Register.Tests.Facts;

public sealed class NodeEntitlementTests
{
    private static readonly NodeKeys Keys = NodeKeys.Derive(new byte[NodeKeys.NodeKeyLength]);

    [Fact]
    public async Task A_node_can_prove_the_pin_of_a_card_that_visited_its_branch()
    {
        await using var register = await TestRegister.StartAsync();
        var number = await register.PatronAsync("10001", 1);
        await register.EnterAsync(number);
        await register.VisitedAsync(number);

        var sent = Send(register, number, TestRegister.Main);
        var token = CardToken.Of(Keys.KCard, "lastu", number);
        var typed = PinHashes.Find(sent.Pin.Algorithm)!.Hash("8317"u8, sent.Pin.Salt.Span);

        Assert.Equal(token, sent.Token.ToByteArray());
        Assert.True(PinProofs.Matches(sent.Pin.Proof.Span, PinProofs.Of(Keys.KPin, token, sent.Pin.Salt.Span, typed)));
    }

    [Fact]
    public async Task A_branch_that_stays_closed_without_the_register_gets_no_verifier()
    {
        await using var register = await TestRegister.StartAsync();
        var branch = TestRegister.Branch(TestRegister.Main);
        branch.OfflinePolicy = Protos.Types.V1.OfflinePolicy.FailClosed;
        await register.ApplyAsync(branch);
        var number = await register.PatronAsync("10001", 1, patron => patron.HomeBranch = TestRegister.Main);
        await register.EnterAsync(number);
        await register.VisitedAsync(number);

        Assert.Null(Send(register, number, TestRegister.Main).Pin);
    }

    [Fact]
    public async Task A_verifier_lives_at_no_more_than_three_branches_whatever_the_visits()
    {
        await using var register = await TestRegister.StartAsync();
        var number = await register.PatronAsync("10001", 1, patron => patron.HomeBranch = "FI-Home");
        var card = register.Card(number);
        var at = register.Now;
        string[] branches = ["FI-A", "FI-B", "FI-C", "FI-D", "FI-Home"];
        for (var visited = 0; visited <= branches.Length; visited++)
        {
            var entry = card with { Visits = [.. branches.Take(visited).Select((branch, n) => new Visit(branch, at - Duration.FromHours(n)))] };

            var holders = branches.Count(branch => ReplicaScopes.HoldsVerifier(
                new BranchPolicy { Id = branch, Consortium = "lastu", OfflinePolicy = OfflinePolicy.Cached }, entry, offlineHolders: 3));

            Assert.InRange(holders, Math.Min(visited, 3), 3);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task R14_A_stored_home_unit_decides_what_nodes_hold_only_where_the_profile_keeps_one(bool isKept)
    {
        await using var register = await TestRegister.StartAsync(profile => profile with { PatronFields = profile.PatronFields with { HomeUnit = isKept } });
        var number = await register.PatronAsync("10001", 1);
        await register.Core.Lane.WriteAsync(scope =>
        {
            Register.Store.Sql.Run(scope.Db, "UPDATE patrons SET home_branch = 'FI-Home'");
            scope.Touch(EntityId.Card(register.Card(number).CardId), priority: false);
        });

        var home = new BranchPolicy { Id = "FI-Home", Consortium = "lastu", OfflinePolicy = OfflinePolicy.Cached, ReplicaScope = ReplicaScope.Branch };
        Assert.Equal(isKept, ReplicaScopes.Holds(home, register.Card(number), register.Now));
        Assert.Equal(isKept, ReplicaScopes.HoldsVerifier(home, register.Card(number), offlineHolders: 3));
    }

    [Fact]
    public async Task The_age_rule_is_sent_only_while_it_lies_ahead()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("1", 1);
        var child = await register.PatronAsync("2", 2, patron => (patron.DateOfBirth, patron.ResponsibleCustomerId) = ("2012-02-29", "1"));

        Assert.Equal("2027-03-01", Send(register, child, TestRegister.Main).AgeOkFrom);
        Assert.Equal("", Send(register, TestRegister.CardNumber(1), TestRegister.Main).AgeOkFrom);
    }

    private static Protos.Types.V1.Entitlement Send(TestRegister register, string number, string branch) =>
        register.Service<NodeEntitlements>().Card(register.Card(number), register.Core.Index.Branch(branch)!.Policy, Keys, register.Now);
}
