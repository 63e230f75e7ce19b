using KioskLink.Node.Tests.Rig;
using KioskLink.Testing;

namespace KioskLink.Node.Tests.RegisterLink;

public class StatusReporterTests
{
    [Fact]
    public async Task A_connection_that_was_exchanged_meanwhile_is_no_answer_and_no_fault()
    {
        using var folder = new TempFolder();
        using var rig = new NodeRig(folder, new TestAuthority());
        rig.Parts.Channels.Dispose();

        Assert.False(await rig.Parts.Status.ReportAsync("", CancellationToken.None));
    }
}
