using Google.Protobuf.WellKnownTypes;
using KioskLink.Demo.Script;
using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;

namespace KioskLink.Scenarios;

/// <summary>What was decided without the register arrives there once, in order, with its time, and is judged again (R89).</summary>
public class DeliveryScenarios
{
    [Fact]
    public async Task Offline_decisions_arrive_once_in_order_with_their_time_and_are_judged_again()
    {
        await using var branch = await Branch.OpenAsync();
        await branch.IntroduceAinoAsync();
        await branch.Actions.NetworkAsync(NetworkAction.Cut);

        var before = await branch.PresentAsync(Branch.Aino, Branch.AinosPin);
        await branch.WaitForLockedDoorAsync();
        await branch.Actions.BanAsync("demo-aino", BanKind.SelfService, lift: false);
        var after = await branch.PresentAsync(Branch.Aino, Branch.AinosPin);
        Assert.Equal((DecisionCode.Granted, Source.Replica), (before.Code, before.Source));
        Assert.Equal((DecisionCode.Granted, Source.Replica), (after.Code, after.Source));

        await branch.Actions.NetworkAsync(NetworkAction.Restore);
        await branch.Actions.SettledAsync();
        var (first, second) = (await branch.RowOfAsync(before.AttemptId), await branch.RowOfAsync(after.AttemptId));
        Assert.True(first.JournalSequence < second.JournalSequence);
        Assert.Equal((Milliseconds(before.Time), Milliseconds(after.Time)), (Milliseconds(first.PresentedTime), Milliseconds(second.PresentedTime)));
        Assert.Equal((DecisionCode.Granted, ""), (first.JudgedCode, first.Difference));
        Assert.Equal(DecisionCode.SelfServiceBan, second.JudgedCode);
        Assert.Contains("banned", second.Difference, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attempts_of_an_outage_are_listed_newest_first_without_a_card_number()
    {
        await using var branch = await Branch.OpenAsync();
        await branch.IntroduceAinoAsync();
        await branch.Actions.NetworkAsync(NetworkAction.Reset);
        var offline = await branch.PresentAsync(Branch.Aino, Branch.AinosPin);
        await branch.Actions.NetworkAsync(NetworkAction.Restore);
        await branch.Actions.SettledAsync();

        var listed = await new AccessService.AccessServiceClient(branch.World.Register).ListAttemptsAsync(new ListAttemptsRequest());
        Assert.Equal(offline.AttemptId, listed.Attempts[0].AttemptId);
        Assert.DoesNotContain(Branch.Aino, listed.ToString(), StringComparison.Ordinal);
    }

    // The register keeps times in milliseconds, the node's record is finer.
    private static long Milliseconds(Timestamp time) => time.ToDateTimeOffset().ToUnixTimeMilliseconds();
}
