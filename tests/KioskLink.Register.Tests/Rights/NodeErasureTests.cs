using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;
using KioskLink.Register.Events;
using KioskLink.Register.Jobs;
using KioskLink.Register.Subjects;
using KioskLink.Register.Tests.Running;
using KioskLink.Testing;

namespace KioskLink.Register.Tests.Rights;

public sealed class NodeErasureTests
{
    [Fact]
    public async Task R75_An_erasure_goes_to_the_nodes_ahead_of_bulk_and_is_confirmed_like_a_ban()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.ApplyBranchAsync();
        await register.AddPatronAsync(1, visited: Library.Now);
        var node = await register.EnrolAsync(Library.Branch);
        using var sync = await node.SyncedAsync();

        var erasure = await EraseAsync(register, "c1");
        var state = Assert.Single((await sync.UntilCompleteAsync()).States);

        Assert.True(state is { Priority: true, Tombstone.Erased: true });
        Assert.Equal(node.Token(Library.Card(1)), state.Entity.ToByteArray());
        Assert.Equal((0, 1, "front"), (erasure.ConfirmedNodes, erasure.TotalNodes, Assert.Single(erasure.MissingNodeIds)));
        await sync.ConfirmAsync(new SyncConfirm { PriorityVersions = { state.Version } });
        await Patience.Until(async () => (await ShowAsync(register, erasure.Id)).ConfirmedNodes == 1, "the node's confirmation counts");
        Assert.Single(Pending(register));
        await register.Part<JobRunner>().RunAsync("erasure-sweep", "test", CancellationToken.None);
        Assert.Empty(Pending(register));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task R75_A_node_that_was_away_is_told_at_its_next_sync_with_a_snapshot_too(bool snapshot)
    {
        await using var register = await RunningRegister.StartAsync();
        await register.ApplyBranchAsync();
        await register.AddPatronAsync(1, visited: Library.Now);
        await register.AddPatronAsync(2, visited: Library.Now);
        var node = await register.EnrolAsync(Library.Branch);
        Position position;
        using (var before = await node.SyncAsync())
        {
            await before.WelcomeAsync();
            position = (await before.UntilCompleteAsync()).Position;
        }

        await EraseAsync(register, "c1");
        using var sync = await node.SyncAsync(snapshot ? null : position);
        Assert.Equal(snapshot, (await sync.WelcomeAsync()).Snapshot);
        var told = await Patience.For(FirstErasureAsync(sync), "the erasure");

        Assert.Equal(node.Token(Library.Card(1)), told.Entity.ToByteArray());
    }

    [Fact]
    public async Task R75_A_record_that_arrives_after_the_erasure_keeps_no_personal_part_and_the_chain_goes_on()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.ApplyBranchAsync();
        await register.AddPatronAsync(1, visited: Library.Now);
        await register.AddPatronAsync(2, visited: Library.Now);
        var node = await register.EnrolAsync(Library.Branch);
        var journal = new TestJournal(node);
        var (ofErased, ofOther) = (
            journal.Decision("a1", Library.Card(1), DecisionCode.Granted, PinResult.Right, Library.Now), journal.Decision("a2", Library.Card(2), DecisionCode.Granted, PinResult.Right, Library.Now));

        await EraseAsync(register, "c1");
        using var events = await node.PublishAsync(journal);
        await events.HeldAsync();
        await events.SendAsync(ofErased);
        await events.SendAsync(ofOther);
        await events.AcknowledgedAsync(2);

        using var db = register.Core.Store.Read();
        var rows = db.Set<JournalRecordRow>().OrderBy(row => row.Sequence).ToList();
        Assert.Equal((0, 0), (rows[0].Salt.Length, rows[0].Personal.Length));
        Assert.True(rows[1].Personal.Length > 0);
        Assert.Equal(ofErased.Hash.ToByteArray(), rows[0].Hash);
    }

    [Fact]
    public async Task R75_Records_that_the_register_holds_lose_their_personal_part_with_their_holder()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.ApplyBranchAsync();
        await register.AddPatronAsync(1, visited: Library.Now);
        await register.AddPatronAsync(2, visited: Library.Now);
        var node = await register.EnrolAsync(Library.Branch);
        var journal = new TestJournal(node);
        using var events = await node.PublishAsync(journal);
        await events.HeldAsync();
        await events.SendAsync(journal.Decision("a1", Library.Card(1), DecisionCode.Granted, PinResult.Right, Library.Now));
        await events.SendAsync(journal.Decision("a2", Library.Card(2), DecisionCode.Granted, PinResult.Right, Library.Now));
        await events.AcknowledgedAsync(2);

        await EraseAsync(register, "c1");

        using var db = register.Core.Store.Read();
        Assert.Equal([true, false], db.Set<JournalRecordRow>().OrderBy(row => row.Sequence).ToList().Select(row => row.Personal.Length == 0));
    }

    [Fact]
    public async Task R74_An_export_asks_the_connected_nodes_what_they_hold_and_says_which_are_away()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.ApplyBranchAsync();
        await register.AddPatronAsync(1, visited: Library.Now);
        var node = await register.EnrolAsync(Library.Branch);
        await register.EnrolAsync(Library.Branch, "away");
        using var commands = node.Commands();
        var asked = commands.ResponseStream.MoveNext(CancellationToken.None);
        await Patience.Until(() => register.Part<Register.Nodes.NodeSessions>().IsOpen("front", Register.Nodes.SessionKind.Commands), "the node listens");

        var exporting = ExportAsync(register, "c1");
        await Patience.For(asked, "the question");
        var question = commands.ResponseStream.Current;
        Assert.Equal(node.Token(Library.Card(1)), question.Token.ToByteArray());
        await node.Service.ReportStatusAsync(new ReportStatusRequest
        {
            CommandId = question.CommandId,
            Holdings = new TokenHoldings { Held = true, Version = 3, JournalRecords = 12, Guesses = true, Acts = 34 },
        });
        var text = await exporting;

        Assert.Contains("holds facts of version 3", text, StringComparison.Ordinal);
        Assert.Contains("\"12\"", text, StringComparison.Ordinal);
        Assert.Contains("\"34\"", text, StringComparison.Ordinal);
        Assert.Contains("the node is away", text, StringComparison.Ordinal);
    }

    private static DataSubjectService.DataSubjectServiceClient Rights(RunningRegister register) => new(register.Admin);

    private static async Task<long> OpenAsync(RunningRegister register, string customer, RequestKind kind) => (await Rights(register).OpenRequestAsync(
        new OpenRequestRequest { CustomerId = customer, Kind = kind, Channel = "desk", IdentifiedBy = "in-person-id-document" })).Request.Id;

    private static async Task<Erasure> EraseAsync(RunningRegister register, string customer)
    {
        var answer = await Rights(register).EraseSubjectAsync(new EraseSubjectRequest { RequestId = await OpenAsync(register, customer, RequestKind.Erase), Reason = "on request" });
        Assert.True(answer.Erased);
        return answer.Erasure;
    }

    private static async Task<string> ExportAsync(RunningRegister register, string customer) => (await Rights(register).ExportSubjectAsync(
        new ExportSubjectRequest { RequestId = await OpenAsync(register, customer, RequestKind.Inspect) })).DocumentJson.ToStringUtf8();

    private static async Task<Erasure> ShowAsync(RunningRegister register, long id) =>
        (await Rights(register).GetErasureAsync(new GetErasureRequest { ErasureId = id })).Erasure;

    private static async Task<EntityState> FirstErasureAsync(SyncCall sync)
    {
        while (true)
        {
            if ((await sync.NextAsync()).State is { Tombstone.Erased: true } state)
            {
                return state;
            }
        }
    }

    private static List<NodeErasureRow> Pending(RunningRegister register)
    {
        using var db = register.Core.Store.Read();
        return [.. db.Set<NodeErasureRow>()];
    }
}
