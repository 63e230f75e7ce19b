using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;
using KioskLink.Register.Identity;
using KioskLink.Register.Nodes;
using KioskLink.Register.Sync;
using KioskLink.Register.Tests.Running;
using KioskLink.Rules.Pins;
using KioskLink.Testing;

namespace KioskLink.Register.Tests.Sync;

public sealed class SyncTests
{
    [Fact]
    public async Task A_first_sync_brings_the_branch_the_badges_and_the_cards_that_visited()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.ApplyBranchAsync();
        await register.AddBadgeAsync();
        await register.AddPatronAsync(1, visited: Library.Now);
        await register.AddPatronAsync(2);
        var node = await register.EnrolAsync(Library.Branch);
        using var sync = await node.SyncAsync();

        Assert.True((await sync.WelcomeAsync()).Snapshot);
        var (states, position) = await sync.UntilCompleteAsync();
        Assert.Equal(register.Core.Log.Head.Version, position.Version);
        Assert.Equal(3, states.Count);
        Assert.Contains(states, state => state.Branch?.Branch.Id == Library.Branch);
        Assert.Contains(states, state => state.Badge?.BadgeRef == Library.BadgeRef && state.Entity.ToByteArray().SequenceEqual(node.BadgeToken(Library.BadgeNumber)));
        Assert.Contains(states, state => state.Entitlement?.Token.ToByteArray().SequenceEqual(node.Token(Library.Card(1))) == true);
    }

    [Fact]
    public async Task A_node_can_prove_a_pin_with_what_it_gets()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.ApplyBranchAsync();
        await register.AddPatronAsync(1, pin: "2468", visited: Library.Now);
        var node = await register.EnrolAsync(Library.Branch);
        using var sync = await node.SyncAsync();
        await sync.WelcomeAsync();
        var (states, _) = await sync.UntilCompleteAsync();

        var proof = states.Single(state => state.Entitlement is not null).Entitlement.Pin;
        var verifier = PinHashes.Find(proof.Algorithm)!.Hash("2468"u8, proof.Salt.Span);
        Assert.Equal(PinProofs.Of(node.Keys.KPin, node.Token(Library.Card(1)), proof.Salt.Span, verifier), proof.Proof.ToByteArray());
    }

    [Fact]
    public async Task A_branch_that_fails_closed_gets_no_pin_proofs()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.ApplyBranchAsync(Library.BranchLike(change: branch => branch.OfflinePolicy = OfflinePolicy.FailClosed));
        await register.AddPatronAsync(1, pin: "2468", visited: Library.Now);
        var node = await register.EnrolAsync(Library.Branch);
        using var sync = await node.SyncAsync();
        await sync.WelcomeAsync();
        var (states, _) = await sync.UntilCompleteAsync();
        Assert.Null(states.Single(state => state.Entitlement is not null).Entitlement.Pin);
    }

    [Fact]
    public async Task A_ban_is_pushed_at_once_and_moves_the_position()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.ApplyBranchAsync();
        var card = await register.AddPatronAsync(1, visited: Library.Now);
        var node = await register.EnrolAsync(Library.Branch);
        using var sync = await node.SyncedAsync();

        var ban = await register.BanAsync(card);
        var (states, position) = await sync.UntilCompleteAsync();
        var state = Assert.Single(states);
        Assert.True(state.Priority);
        Assert.Equal((ban.Version, BanKind.SelfService), (state.Version, state.Entitlement.Bans.Single().Kind));
        Assert.Equal(ban.Version, position.Version);
    }

    [Fact]
    public async Task A_node_is_at_the_head_until_something_is_written_that_it_has_not_confirmed()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.ApplyBranchAsync();
        var card = await register.AddPatronAsync(1, visited: Library.Now);
        var node = await register.EnrolAsync(Library.Branch);
        using var sync = await node.SyncedAsync();
        await sync.ConfirmAsync(new SyncConfirm { Position = new Position { Epoch = register.Core.Log.Head.Epoch, Version = register.Core.Log.Head.Version } });
        await Patience.Until(async () => (await register.StatusAsync()).AtHead, "the node has confirmed everything");

        await register.BanAsync(card);

        Assert.False((await register.StatusAsync()).AtHead);
        var (_, position) = await sync.UntilCompleteAsync();
        await sync.ConfirmAsync(new SyncConfirm { Position = position });
        await Patience.Until(async () => (await register.StatusAsync()).AtHead, "the node has confirmed the ban");
    }

    [Fact]
    public async Task A_ban_overtakes_bulk_that_waits_for_credit()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.ApplyBranchAsync();
        for (var i = 1; i <= 5; i++) await register.AddPatronAsync(i, visited: Library.Now);
        var card = await register.AddPatronAsync(6, visited: Library.Now);
        var node = await register.EnrolAsync(Library.Branch);
        using var sync = await node.SyncAsync(credit: 1);
        await sync.WelcomeAsync();
        Assert.False((await sync.NextFactAsync()).State.Priority);

        var ban = await register.BanAsync(card);
        var pushed = (await sync.NextFactAsync()).State;
        Assert.Equal((true, ban.Version), (pushed.Priority, pushed.Version));
        await sync.GrantAsync(64 * 1024);
        var (rest, _) = await sync.UntilCompleteAsync();
        Assert.Equal(6, rest.Count);
    }

    [Fact]
    public async Task A_known_position_gets_only_what_changed_since()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.ApplyBranchAsync();
        await register.AddPatronAsync(1, visited: Library.Now);
        var node = await register.EnrolAsync(Library.Branch);
        Position position;
        using (var first = await node.SyncAsync())
        {
            await first.WelcomeAsync();
            (_, position) = await first.UntilCompleteAsync();
        }

        await register.AddPatronAsync(2, visited: Library.Now);
        using var second = await node.SyncAsync(position);
        Assert.False((await second.WelcomeAsync()).Snapshot);
        var (states, _) = await second.UntilCompleteAsync();
        Assert.Equal(node.Token(Library.Card(2)), Assert.Single(states).Entity.ToByteArray());
    }

    [Theory]
    [InlineData("another epoch")]
    [InlineData("ahead of the log")]
    [InlineData("another key")]
    public async Task A_position_that_cannot_be_continued_gets_a_snapshot(string why)
    {
        await using var register = await RunningRegister.StartAsync();
        await register.ApplyBranchAsync();
        var node = await register.EnrolAsync(Library.Branch);
        var head = register.Core.Log.Head;
        var position = new Position { Epoch = why == "another epoch" ? "before" : head.Epoch, Version = why == "ahead of the log" ? head.Version + 1 : head.Version };
        using var sync = await node.SyncAsync(position, keyId: why == "another key" ? new byte[8] : null);
        Assert.True((await sync.WelcomeAsync()).Snapshot);
    }

    [Fact]
    public async Task A_redefined_replica_ends_the_stream_and_the_next_one_takes_a_snapshot()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.ApplyBranchAsync();
        var node = await register.EnrolAsync(Library.Branch);
        using var first = await node.SyncAsync();
        await first.WelcomeAsync();
        var (_, position) = await first.UntilCompleteAsync();
        await register.ApplyBranchAsync(Library.BranchLike(change: branch => branch.ReplicaScope = ReplicaScope.Branch));

        Assert.Equal("SNAPSHOT_DUE", (await first.EndAsync()).Trailers.GetValue(Refused.ReasonTrailer));
        using var second = await node.SyncAsync(position);
        Assert.True((await second.WelcomeAsync()).Snapshot);
    }

    [Fact]
    public async Task New_hours_travel_without_a_snapshot()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.ApplyBranchAsync();
        var node = await register.EnrolAsync(Library.Branch);
        using var sync = await node.SyncedAsync();
        await register.ApplyBranchAsync(Library.BranchLike(change: branch => branch.Hours.Week.RemoveAt(0)));
        var (states, _) = await sync.UntilCompleteAsync();
        Assert.Equal(6, Assert.Single(states).Branch.Branch.Hours.Week.Count);
    }

    [Fact]
    public async Task A_watermark_says_up_to_when_the_facts_are_complete()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.ApplyBranchAsync();
        var node = await register.EnrolAsync(Library.Branch);
        using var sync = await node.SyncAsync();
        await sync.WelcomeAsync();
        SyncEntitlementsResponse next;
        do next = await sync.NextAsync();
        while (next.Watermark is null);
        Assert.Equal(register.Core.Log.Head.Version, next.Watermark.Position.Version);
        Assert.InRange(Library.Now - next.Watermark.AsOf.ToDateTimeOffset(), TimeSpan.Zero, Patience.Event);
    }

    [Fact]
    public async Task A_second_stream_closes_the_first_with_an_alarm()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.ApplyBranchAsync();
        var node = await register.EnrolAsync(Library.Branch);
        using var first = await node.SyncAsync();
        await first.WelcomeAsync();
        using var second = await node.SyncAsync();
        await second.WelcomeAsync();

        var end = await first.EndAsync();
        Assert.Equal((StatusCode.Aborted, "STREAM_REPLACED"), (end.StatusCode, end.Trailers.GetValue(Refused.ReasonTrailer)));
        var status = await register.StatusAsync();
        Assert.True(status.Connected);
        Assert.Contains(status.Alarms, alarm => alarm.Contains("second Sync stream", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Revocation_ends_the_stream_within_5_s()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.ApplyBranchAsync();
        var node = await register.EnrolAsync(Library.Branch);
        using var sync = await node.SyncAsync();
        await sync.WelcomeAsync();
        await register.AdminNodes.RevokeNodeAsync(new RevokeNodeRequest { NodeId = "front", Reason = "stolen" });
        var end = await sync.EndAsync().WaitAsync(TimeSpan.FromSeconds(5));
        Assert.Equal((StatusCode.Unauthenticated, "CERTIFICATE_REVOKED"), (end.StatusCode, end.Trailers.GetValue(Refused.ReasonTrailer)));
    }

    [Fact]
    public async Task Confirmations_tell_on_how_many_nodes_a_ban_is_in_force()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.ApplyBranchAsync();
        var card = await register.AddPatronAsync(1, visited: Library.Now);
        var node = await register.EnrolAsync(Library.Branch);
        await register.EnrolAsync(Library.Branch, "back");
        using var sync = await node.SyncedAsync();
        var ban = await register.BanAsync(card);
        var confirmations = register.Part<NodeConfirmations>();
        Assert.Equal((0, 2), (confirmations.ReachOf(ban.Version).Confirmed, confirmations.ReachOf(ban.Version).Total));

        await sync.ConfirmAsync(new SyncConfirm { PriorityVersions = { ban.Version } });
        await Patience.Until(() => confirmations.ReachOf(ban.Version).Confirmed == 1, "the confirmation counts");
        Assert.Equal(["back"], confirmations.ReachOf(ban.Version).Missing);
    }

    [Fact]
    public async Task Guesses_on_a_number_that_nobody_has_reach_no_node_and_hold_up_no_position()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.ApplyBranchAsync();
        var card = await register.AddPatronAsync(1, visited: Library.Now);
        var node = await register.EnrolAsync(Library.Branch);
        using var sync = await node.SyncedAsync();

        await register.EnterAsync(Library.Card(77), "0001");
        var unknown = register.Core.Log.Head.Version;
        await Patience.For(sync.PositionAsync(unknown), "the position of the number's version");
        var ban = await register.BanAsync(card);

        var next = await sync.NextFactAsync();
        Assert.Equal((ban.Version, 1), (next.State.Version, next.State.Entitlement.Bans.Count));
        Assert.True(ban.Version > unknown);
        await sync.ConfirmAsync(new SyncConfirm { PriorityVersions = { ban.Version } });
        await Patience.Until(() => register.Part<NodeConfirmations>().ReachOf(ban.Version).Confirmed == 1, "the confirmation counts");
    }

    [Fact]
    public async Task A_card_that_has_not_visited_for_long_leaves_the_replica()
    {
        var time = new VirtualTime();
        await using var register = await RunningRegister.StartAsync(time);
        await register.ApplyBranchAsync();
        await register.AddPatronAsync(1, visited: time.GetUtcNow());
        var sweep = register.Part<VisitSweep>();
        await sweep.RunAsync(CancellationToken.None);
        var node = await register.EnrolAsync(Library.Branch);
        using var sync = await node.SyncedAsync();

        time.SetWallClock(time.GetUtcNow().AddDays(61));
        await sweep.RunAsync(CancellationToken.None);
        var (states, _) = await sync.UntilCompleteAsync();
        var gone = Assert.Single(states);
        Assert.NotNull(gone.Tombstone);
        Assert.Equal(node.Token(Library.Card(1)), gone.Entity.ToByteArray());
    }

    [Fact]
    public async Task R63_The_last_visit_is_forgotten_once_every_node_of_the_branch_has_dropped_the_card()
    {
        var time = new VirtualTime();
        await using var register = await RunningRegister.StartAsync(time);
        await register.ApplyBranchAsync();
        var card = await register.AddPatronAsync(1, visited: time.GetUtcNow());
        var sweep = register.Part<VisitSweep>();
        await sweep.RunAsync(CancellationToken.None);
        var node = await register.EnrolAsync(Library.Branch);
        using var sync = await node.SyncedAsync();
        time.SetWallClock(time.GetUtcNow().AddDays(61));
        await sweep.RunAsync(CancellationToken.None);
        var (_, complete) = await sync.UntilCompleteAsync();
        await sweep.RunAsync(CancellationToken.None);
        Assert.Single(register.Core.Index.Card(card.CardId)!.Visits);

        await sync.ConfirmAsync(new SyncConfirm { Position = complete });
        await Patience.Until(() => register.Part<NodeConfirmations>().ReachOf(complete.Version).Confirmed == 1, "the confirmation counts");
        await sweep.RunAsync(CancellationToken.None);

        Assert.Empty(register.Core.Index.Card(card.CardId)!.Visits);
        using var db = register.Core.Store.Read();
        Assert.Empty(db.Set<Register.Access.VisitRow>());
    }

    [Fact]
    public async Task A_node_whose_key_the_register_keeps_gets_it_with_the_welcome()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.ApplyBranchAsync();
        var node = await register.EnrolAsync(Library.Branch, custody: KeyCustody.Register);
        using var sync = await node.SyncAsync(keyId: []);
        Assert.Equal(node.NodeKey, (await sync.WelcomeAsync()).NodeKey.ToByteArray());
    }
}
