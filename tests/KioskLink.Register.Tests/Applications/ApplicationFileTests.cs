using System.Text.Json.Nodes;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Jobs;
using KioskLink.Register.Tests.Running;
using KioskLink.Testing;

namespace KioskLink.Register.Tests.Applications;

/// <summary>A file of applications that outlives them, run by the command against the register itself, whose clock goes on by a month.</summary>
public sealed class ApplicationFileTests
{
    [Fact]
    public async Task R34_R37_A_file_that_is_run_again_after_the_purge_of_the_next_month_brings_nothing_back()
    {
        // TLS looks at the machine's clock, so that the register's begins there.
        var time = new VirtualTime(TimeProvider.System.GetUtcNow());
        using var folder = new TempFolder();
        await using var register = await RunningRegister.StartAsync(time, folder);
        var file = folder.Write("a.json", """{ "surname": "Mallinen", "firstNames": "Testi Aino", "identityCode": "010594Y9032" }""");

        var first = await ImportAsync(register, folder, file);
        var patron = Assert.Single((await Patrons(register).SearchPatronsAsync(new SearchPatronsRequest { NamePrefix = "mallinen" })).Patrons).CustomerId;
        await new DataSubjectService.DataSubjectServiceClient(register.Admin).RectifySubjectAsync(new RectifySubjectRequest
        {
            CustomerId = patron,
            Changes = { new FieldChange { Field = "surname", NewValue = "Uusinimi" } },
        });
        time.SetWallClock(time.GetUtcNow().AddDays(32));
        await register.Part<JobRunner>().RunAsync("retention-applications", "admin", CancellationToken.None);
        var left = await ApplicationsAsync(register);
        var again = await ImportAsync(register, folder, file);

        Assert.Equal((1, 0, 0), (Count(first, "created"), Count(first, "over"), left));
        Assert.Equal((0, 0, 1, 0), (Count(again, "created"), Count(again, "updated"), Count(again, "over"), await ApplicationsAsync(register)));
        Assert.Equal("Uusinimi", (await Patrons(register).GetPatronAsync(new GetPatronRequest { CustomerId = patron })).Patron.Surname);
    }

    private static PatronService.PatronServiceClient Patrons(RunningRegister register) => new(register.Admin);

    private static async Task<int> ApplicationsAsync(RunningRegister register) =>
        (await new ApplicationService.ApplicationServiceClient(register.Admin).ListApplicationsAsync(new ListApplicationsRequest())).Applications.Count;

    // The command's last line sums up.
    private static async Task<JsonNode> ImportAsync(RunningRegister register, TempFolder folder, string file)
    {
        var printed = new List<string>();
        await using var command = RunningProgram.Start(
            SolutionRoot.Program("KioskLink.Cli", "kiosklink"),
            ["application", "import", file, "--register", register.Host.Addresses.Grpc, "--identity", folder["register"], "--json"]);
        Assert.Equal((0, ""), (await command.ExitAfter(printed), command.Errors.Trim()));
        return JsonNode.Parse(printed.Last(line => line.StartsWith('{')))!["summary"]!;
    }

    private static int Count(JsonNode summary, string what) => (int)summary[what]!;
}
