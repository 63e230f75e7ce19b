using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Identity;
using KioskLink.Register.Store;
using KioskLink.Register.Tests.Running;
using Microsoft.EntityFrameworkCore;

namespace KioskLink.Register.Tests.Hosting;

public sealed class StorageInterceptorTests
{
    private const int RowsMax = 1000;

    [Fact]
    public async Task A_full_disk_is_said_and_loses_nothing()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.ApplyBranchAsync();
        var head = register.Core.Log.Head;
        await LeaveNoRoomAsync(register);

        var error = await Assert.ThrowsAsync<RpcException>(() => FillAsync(register));
        Assert.Equal((StatusCode.ResourceExhausted, "DISK_FULL"), (error.StatusCode, error.Trailers.GetValue(Refused.ReasonTrailer)));
        Assert.Equal(head, register.Core.Log.Head);
        Assert.NotNull(register.Core.Index.Branch(Library.Branch));
        Assert.Empty((await register.AdminNodes.ListNodesAsync(new ListNodesRequest())).Nodes);
    }

    [Fact]
    public async Task A_store_that_fails_for_another_reason_is_no_riddle_either()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.ApplyBranchAsync();
        await register.Core.Lane.WriteAsync((WriteScope scope) =>
        {
            scope.Db.Database.ExecuteSqlRaw("UPDATE register SET version = version + 1");
        });

        var error = await Assert.ThrowsAsync<RpcException>(() => PutHoursAsync(register));

        Assert.Equal((StatusCode.Unavailable, "STORE_FAILED"), (error.StatusCode, error.Trailers.GetValue(Refused.ReasonTrailer)));
        Assert.DoesNotContain("SQL", error.Status.Detail, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task PutHoursAsync(RunningRegister register)
    {
        var hours = new OpeningHoursService.OpeningHoursServiceClient(register.Admin);
        var closed = Library.BranchLike().Hours;
        closed.Week.RemoveAt(0);
        await hours.SetOpeningHoursAsync(new SetOpeningHoursRequest { BranchId = Library.Branch, Hours = closed });
    }

    private static async Task FillAsync(RunningRegister register)
    {
        for (var i = 0; i < RowsMax; i++) await register.TokenAsync(Library.Branch, $"node-{i}");
    }

    // A limit on the file's pages is a full disk to SQLite. It belongs to a connection, so it is set on the writer's own.
    private static async Task LeaveNoRoomAsync(RunningRegister register) => await register.Core.Lane.WriteAsync((WriteScope scope) =>
    {
        scope.Db.Database.ExecuteSqlRaw("PRAGMA max_page_count = 1");
    });
}
