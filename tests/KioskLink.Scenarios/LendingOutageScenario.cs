using Grpc.Net.Client;
using KioskLink.Demo.Script;
using KioskLink.Demo.World;
using KioskLink.Protos.Node.V1;
using KioskLink.Protos.Register.V1;
using KioskLink.Testing;

namespace KioskLink.Scenarios;

/// <summary>A checkout machine goes on lending while the network is cut and its node is killed: what it was told is done is done, once and in order.</summary>
public class LendingOutageScenario
{
    private const string Aino = "demo-aino", Jane = "demo-jane";

    [Fact]
    public async Task What_a_machine_was_told_is_done_reaches_the_register_once_and_in_order_through_a_cut_and_a_killed_node()
    {
        await using var branch = await Branch.OpenAsync();
        await branch.IntroduceAinoAsync();
        using var node = Channels.ToNode(branch.World.Folder.NodeSocket);
        await LendOnlineAsync(branch, "KL0002");
        await branch.Actions.NetworkAsync(NetworkAction.Cut);
        await Patience.Until(async () => (await branch.World.StatusAsync())?.Link == LinkState.Offline, "the node knows that the register is away");

        await LendToOtherAtDeskAsync(branch, "KL0001");
        await LendUntilKilledAsync(branch);
        await branch.World.StartNodeAsync();
        await LendAfterKillAsync(branch);
        var kept = await KeptAsync(node);
        await branch.Actions.NetworkAsync(NetworkAction.Restore);
        await Patience.Until(async () => (await branch.World.StatusAsync())?.ActsWaiting == 0, "the register has everything");

        Assert.Equal(
            [(KeptActKind.CheckOut, "KL0001"), (KeptActKind.CheckIn, "KL0002"), (KeptActKind.CheckOut, "KL0004"), (KeptActKind.CheckIn, "KL0004"), (KeptActKind.CheckOut, "KL0004")],
            kept.Select(act => (act.Kind, act.ItemId)));
        var settled = await KeptAsync(node);
        Assert.Equal(kept.Select(act => act.TransactionId), settled.OrderBy(act => act.SettledTime.ToDateTimeOffset()).Select(act => act.TransactionId));
        Assert.Equal([KeptActState.Conflict, KeptActState.Taken, KeptActState.Taken, KeptActState.Taken, KeptActState.Taken], settled.Select(act => act.State));
        await CheckRegisterAsync(branch, kept[0].TransactionId);
    }

    private static async Task LendOnlineAsync(Branch branch, string item)
    {
        await using var machine = await Sip2Machine.LogInAsync(branch);
        Assert.StartsWith("98YYYY", await machine.StatusAsync(), StringComparison.Ordinal);
        await machine.LendAsync(item, Branch.Aino, Branch.AinosPin);
    }

    // The desk's staff has the register and knows nothing of the machine's loan.
    private static async Task LendToOtherAtDeskAsync(Branch branch, string item)
    {
        var lent = await new LoanService.LoanServiceClient(branch.World.Register).CheckOutAsync(new CheckOutRequest
        {
            Act = new Act { TransactionId = Guid.NewGuid().ToString("N") },
            Borrower = new Borrower { CardNumber = "29909090000034" },
            ItemId = item,
        });
        Assert.True(lent.Outcome.Done, $"{lent.Outcome.Reason}");
    }

    // The node dies while the session is open, right after the machine has heard yes.
    private static async Task LendUntilKilledAsync(Branch branch)
    {
        await using var machine = await Sip2Machine.LogInAsync(branch);
        Assert.StartsWith("98YYYNNY", await machine.StatusAsync(), StringComparison.Ordinal);
        await machine.LendAsync("KL0001", Branch.Aino, Branch.AinosPin);
        await machine.TakeBackAsync("KL0002");
        await machine.LendAsync("KL0004", Branch.Aino, Branch.AinosPin);
        await branch.World.KillNodeAsync();
    }

    private static async Task LendAfterKillAsync(Branch branch)
    {
        await using var machine = await Sip2Machine.LogInAsync(branch);
        Assert.StartsWith("98YYYNNY", await machine.StatusAsync(), StringComparison.Ordinal);
        // A machine that lost its connection may ask again: the same loan is kept once.
        await machine.LendAsync("KL0004", Branch.Aino, Branch.AinosPin);
        await machine.TakeBackAsync("KL0004");
        await machine.LendAsync("KL0004", Branch.Aino, Branch.AinosPin);
    }

    private static async Task CheckRegisterAsync(Branch branch, string conflicting)
    {
        var loans = new LoanService.LoanServiceClient(branch.World.Register);
        var (ainos, janes) = (await loans.ListLoansAsync(new ListLoansRequest { CustomerId = Aino }), await loans.ListLoansAsync(new ListLoansRequest { CustomerId = Jane }));
        Assert.Equal(["KL0001", "KL0003", "KL0004"], ainos.Loans.Select(loan => loan.ItemId).Order(StringComparer.Ordinal));
        // A loan that was told twice would have become a renewal.
        Assert.All(ainos.Loans, loan => Assert.Equal(0, loan.Renewals));
        Assert.DoesNotContain(janes.Loans, loan => loan.ItemId == "KL0001");
        var conflict = Assert.Single((await loans.ListLoanConflictsAsync(new ListLoanConflictsRequest())).Conflicts);
        Assert.Equal(
            (conflicting, "checkout", LoanReason.ItemOnLoan, "KL0001", Aino, Jane),
            (conflict.TransactionId, conflict.Kind, conflict.Reason, conflict.ItemId, conflict.CustomerId, conflict.OtherCustomerId));
    }

    private static async Task<IReadOnlyList<KeptAct>> KeptAsync(GrpcChannel node) =>
        (await new LendingService.LendingServiceClient(node).ListKeptActsAsync(new ListKeptActsRequest { Settled = true })).Acts;
}
