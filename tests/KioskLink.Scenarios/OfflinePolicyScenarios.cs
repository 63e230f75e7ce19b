using System.Text.Json.Nodes;
using Google.Protobuf.WellKnownTypes;
using KioskLink.Demo.Script;
using KioskLink.Protos.Types.V1;
using KioskLink.Testing;

namespace KioskLink.Scenarios;

/// <summary>What a branch does without its register, policy by policy (R86).</summary>
public class OfflinePolicyScenarios
{
    [Fact]
    public async Task A_branch_that_fails_closed_lets_only_badges_in_while_the_network_is_down()
    {
        await using var branch = await Branch.OpenAsync();
        await branch.IntroduceAinoAsync();
        await branch.ApplyAsync(changed => changed.OfflinePolicy = OfflinePolicy.FailClosed);
        await branch.Actions.NetworkAsync(NetworkAction.Cut);

        var refused = await branch.PresentAsync(Branch.Aino, Branch.AinosPin);
        Assert.Equal((DecisionCode.OfflineRefused, Source.Replica), (refused.Code, refused.Source));
        Assert.Equal(DecisionCode.GrantedBadge, (await branch.PresentAsync(Branch.StaffBadge)).Code);
    }

    [Fact]
    public async Task Facts_that_are_older_than_the_branch_allows_grant_nothing()
    {
        await using var branch = await Branch.OpenAsync();
        await branch.IntroduceAinoAsync();
        await branch.ApplyAsync(changed => changed.OfflineMaxAge = Duration.FromTimeSpan(TimeSpan.FromSeconds(3)));
        await branch.Actions.NetworkAsync(NetworkAction.Reset);
        await Patience.Until(async () => (await branch.World.StatusAsync())?.FactsAge.ToTimeSpan() > TimeSpan.FromSeconds(4), "the facts are 4 s old");

        var refused = await branch.PresentAsync(Branch.Aino, Branch.AinosPin);
        Assert.Equal((DecisionCode.OfflineTooOld, Source.Replica), (refused.Code, refused.Source));
    }

    [Fact]
    public async Task A_node_that_was_rebooted_without_the_register_trusts_no_clock_until_the_register_sets_it()
    {
        await using var branch = await Branch.OpenAsync();
        await branch.IntroduceAinoAsync();
        await branch.World.KillNodeAsync();
        await branch.Actions.NetworkAsync(NetworkAction.Reset);
        ChangeKeptBootId(Path.Combine(branch.World.Folder.NodeData, "clock.json"));
        await branch.World.StartNodeAsync();

        var untrusted = await branch.PresentAsync(Branch.Aino, Branch.AinosPin);
        Assert.Equal((DecisionCode.ClockUntrusted, false), (untrusted.Code, untrusted.ClockTrusted));
        await branch.Actions.NetworkAsync(NetworkAction.Restore);
        Assert.Equal(DecisionCode.Granted, (await branch.PresentAsync(Branch.Aino, Branch.AinosPin)).Code);
        await Patience.Until(async () => (await branch.ListRecordedAttemptsAsync()).Any(row => IsDated(row, untrusted)), "the register dates the decision and judges it again");
    }

    // Its boot is the one whose time the register told when the network was back.
    private static bool IsDated(Protos.Register.V1.Attempt row, RecordOpen untrusted) =>
        row.AttemptId == untrusted.AttemptId && row.PresentedTime is { } dated && row.JudgedCode == DecisionCode.Granted
        && Math.Abs((dated - untrusted.Time).ToTimeSpan().TotalSeconds) < 10;

    private static void ChangeKeptBootId(string file)
    {
        var kept = JsonNode.Parse(File.ReadAllText(file))!.AsObject();
        Assert.True(kept.ContainsKey("bootId"));
        kept["bootId"] = "another boot";
        File.WriteAllText(file, kept.ToJsonString());
    }
}
