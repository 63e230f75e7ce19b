using System.Text.Json.Nodes;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using KioskLink.Demo.Samples;
using KioskLink.Demo.Setup;
using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;
using KioskLink.Testing;

namespace KioskLink.Scenarios;

/// <summary>A running branch is given what cannot be right, loses its disk or meets its double: it says so once and plainly, and loses nothing.</summary>
public class BadInputScenarios
{
    private const int SmallDiskMegabytes = 24;

    [Fact]
    public async Task Files_that_cannot_be_right_are_refused_and_what_was_stored_stays()
    {
        await using var branch = await Branch.OpenAsync();
        using var folder = new TempFolder();

        var nameless = folder.Write("branch.json", """{ "name": "Nimetön", "doors": [ { "id": "front" } ] }""");
        (await Ended.KiosklinkAsync(branch, "branch", "apply", nameless)).SaidInOneSentence(1, "id");

        var import = await Ended.KiosklinkAsync(branch, "patron", "import", folder.Write("patrons.csv", await MalformedRowsAsync()));
        Assert.Equal(1, import.Code);
        Assert.Contains("line 2: the quotation marks do not match", import.Output, StringComparison.Ordinal);
        Assert.Contains("line 3, card_number: is no card number of this consortium: check its length and check digit (not stored)", import.Output, StringComparison.Ordinal);
        Assert.Contains("3 rows: 1 created, 0 changed, 0 unchanged, 2 not stored", import.Output, StringComparison.Ordinal);

        var register = branch.World.Register;
        Assert.False((await new BranchService.BranchServiceClient(register).ApplyBranchAsync(new ApplyBranchRequest { Branch = DemoBranch.Describe() })).Changed);
        var aino = await new PatronService.PatronServiceClient(register).GetPatronAsync(new GetPatronRequest { CustomerId = "demo-aino" });
        Assert.Equal(Branch.Aino, Assert.Single(aino.Patron.Cards).CardNumber);
    }

    [Fact]
    public async Task A_second_node_on_the_same_data_or_serial_line_does_not_start_and_the_first_goes_on()
    {
        await using var branch = await Branch.OpenAsync();
        var folder = branch.World.Folder;

        (await Ended.NodeAsync("--config", folder.NodeConfig)).SaidInOneSentence(2, folder.NodeData, "stop it first");

        var second = await Ended.NodeAsync("--config", await WriteSecondNodeAsync(branch));
        var sentence = $"The serial port {folder.BusLink} is held by another program: stop that program, or give this bus another port.";
        Assert.Equal((2, sentence), (second.Code, second.Errors.Split('\n')[^1]));

        await branch.LetInAsync(Branch.StaffBadge);
    }

    [Fact]
    public async Task A_full_disk_opens_no_door_without_a_record_changes_nothing_and_is_over_when_there_is_room()
    {
        using var disk = await SmallDisk.MountAsync(SmallDiskMegabytes);
        await using var branch = await Branch.OpenAsync(prepare: folder =>
        {
            disk.Take(folder.NodeData);
            disk.Take(folder.RegisterData);
        });
        await branch.LetInAsync(Branch.Aino, Branch.AinosPin);
        var unlocks = branch.World.Hardware.Leaf.Unlocks;
        disk.Fill();

        branch.Actions.Present(Branch.StaffBadge);
        await Patience.Until(
            async () => (await branch.World.StatusAsync())?.Alarms.Any(alarm => alarm.StartsWith("No decision can be recorded, so no door opens", StringComparison.Ordinal)) == true,
            "the node says that it cannot record");
        var refusal = await Assert.ThrowsAsync<RpcException>(() => branch.Actions.BanAsync("demo-bjorn", BanKind.Use, lift: false));
        Assert.Equal((StatusCode.ResourceExhausted, "DISK_FULL: The register's disk is full and nothing was changed; make room and call again."), (refusal.StatusCode, refusal.Status.Detail));
        Assert.Equal(unlocks, branch.World.Hardware.Leaf.Unlocks);

        disk.Free();
        await branch.LetInAsync(Branch.Aino, Branch.AinosPin);
        await branch.Actions.SettledAsync();
        Assert.Empty((await new BanService.BanServiceClient(branch.World.Register).ListBansAsync(new ListBansRequest { CustomerId = "demo-bjorn" })).Bans);
    }

    [Fact]
    public async Task A_branch_that_chose_so_opens_with_an_alarm_while_its_disk_takes_no_record()
    {
        using var disk = await SmallDisk.MountAsync(SmallDiskMegabytes);
        await using var branch = await Branch.OpenAsync(prepare: folder => disk.Take(folder.NodeData));
        await branch.ApplyAsync(changed => changed.OpenWithoutRecord = true);
        var unlocks = branch.World.Hardware.Leaf.Unlocks;
        disk.Fill();

        branch.Actions.Present(Branch.StaffBadge);
        await Patience.Until(() => branch.World.Hardware.Leaf.Unlocks > unlocks, "the door opens without a record");
        await Patience.Until(
            async () => (await branch.World.StatusAsync())?.Alarms.Any(alarm => alarm.Contains("doors open without a record, as the branch chose", StringComparison.Ordinal)) == true,
            "the node says that it cannot record");

        disk.Free();
        await branch.LetInAsync(Branch.StaffBadge);
        await Patience.Until(async () => (await branch.World.StatusAsync())?.Alarms.Count == 0, "the alarm ends");
        await branch.Actions.SettledAsync();
    }

    /// <summary>The header of the samples, a row with an open quotation mark, one with a wrong check digit, and a good one.</summary>
    private static async Task<string> MalformedRowsAsync()
    {
        using var samples = new StreamReader(SamplePatron.OpenImportFile());
        var header = await samples.ReadLineAsync();
        return $"""
            {header}
            new-1,29909090000018,2601,"Avoin,Aatu,1977-03-17,,fi,adult,FI-Lh-Renkomaki,,2026-01-15,,
            new-2,29909090000019,2601,Väärä,Venla,1977-03-17,,fi,adult,FI-Lh-Renkomaki,,2026-01-15,,
            new-3,,,Oikea,Oili,1977-03-17,,fi,adult,FI-Lh-Renkomaki,,2026-01-15,,

            """;
    }

    /// <summary>The node.json of another node of the branch on the same serial line.</summary>
    private static async Task<string> WriteSecondNodeAsync(Branch branch)
    {
        var folder = branch.World.Folder;
        var enrolled = await new NodeService.NodeServiceClient(branch.World.Register).CreateEnrollmentAsync(
            new CreateEnrollmentRequest { BranchId = DemoBranch.Id, NodeId = "second", ValidFor = Duration.FromTimeSpan(TimeSpan.FromHours(1)) });
        await File.WriteAllTextAsync(folder.In("second.token"), enrolled.Token);
        var config = JsonNode.Parse(await File.ReadAllTextAsync(folder.NodeConfig))!.AsObject();
        config["node"] = "second";
        config["data"] = "./second";
        config["enrollment"] = "./second.token";
        config["listen"] = new JsonObject { ["kiosk"] = "127.0.0.1:0", ["pages"] = "127.0.0.1:0", ["socket"] = "./second/node.sock" };
        await File.WriteAllTextAsync(folder.In("second.json"), config.ToJsonString());
        return folder.In("second.json");
    }
}
