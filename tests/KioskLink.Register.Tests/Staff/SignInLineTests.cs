using Grpc.Core;
using KioskLink.Register.Staff;

namespace KioskLink.Register.Tests.Staff;

/// <summary>Who knocks without end waits for itself, and everybody else signs in.</summary>
public sealed class SignInLineTests
{
    [Fact]
    public async Task R41_A_source_that_fills_its_line_keeps_nobody_else_from_signing_in()
    {
        using var gates = new StaffGates();
        var knocking = Enumerable.Range(0, StaffLimits.WaitingPerSourceMax).Select(_ => gates.OfHashAsync("192.0.2.7", CancellationToken.None)).ToList();

        var refusal = await Assert.ThrowsAsync<RpcException>(() => gates.OfHashAsync("192.0.2.7", CancellationToken.None));
        using var other = await gates.OfHashAsync("desk-1", CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Contains("SIGN_IN_BUSY", refusal.Status.Detail, StringComparison.Ordinal);
        foreach (var turn in knocking)
            (await turn.WaitAsync(TimeSpan.FromSeconds(30))).Dispose();
    }

    [Fact]
    public async Task A_source_that_gives_up_leaves_its_place()
    {
        using var gates = new StaffGates();
        using var stop = new CancellationTokenSource();
        using var first = await gates.OfHashAsync("desk-1", CancellationToken.None);
        var waiting = Enumerable.Range(1, StaffLimits.WaitingPerSourceMax - 1).Select(_ => gates.OfHashAsync("desk-1", stop.Token)).ToList();

        await stop.CancelAsync();
        foreach (var turn in waiting)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => turn);

        var next = gates.OfHashAsync("desk-1", CancellationToken.None);
        first.Dispose();
        (await next.WaitAsync(TimeSpan.FromSeconds(30))).Dispose();
    }
}
