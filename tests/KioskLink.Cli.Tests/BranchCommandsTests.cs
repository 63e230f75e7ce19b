using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;
using KioskLink.Testing;

namespace KioskLink.Cli;

public sealed class BranchCommandsTests : FakeServerTest
{
    private const string Good = """
        {
          // the pilot branch
          "id": "FI-Lh-Renkomaki",
          "offlinePolicy": "OFFLINE_POLICY_CACHED",
          "unlockFor": "10s",
          "doors": [ { "id": "front" } ],
          "hours": { "week": [ { "weekday": "WEEKDAY_MONDAY", "periods": [ { "from": "06:00", "to": "22:00", "kind": "PERIOD_KIND_SELF_SERVICE" } ] } ] },
        }
        """;

    [Fact]
    public async Task A_file_with_comments_is_applied_whole()
    {
        Script.On<ApplyBranchRequest>(request => new ApplyBranchResponse { Facts = new BranchFacts { Branch = request.Branch }, Changed = true, Version = 3 });

        var printed = await Apply(Good);

        Assert.Equal(0, printed.Code);
        Assert.Equal("Branch FI-Lh-Renkomaki is stored as version 3, with the doors front.\n", printed.Output);
        var branch = Script.Requests<ApplyBranchRequest>().Single().Branch;
        Assert.Equal(OfflinePolicy.Cached, branch.OfflinePolicy);
        Assert.Equal(TimeSpan.FromSeconds(10), branch.UnlockFor.ToTimeSpan());
        Assert.Equal(PeriodKind.SelfService, branch.Hours.Week[0].Periods[0].Kind);
    }

    [Theory]
    [InlineData("\"unlockFor\"", "\"unlokFor\"", "the key 'unlokFor' is not known; the keys there are id, name, doors,")]
    [InlineData("\"from\"", "\"form\"", "the key 'hours.week[0].periods[0].form' is not known; the keys there are from, to, kind.")]
    [InlineData("\"10s\"", "\"soon\"", "soon")]
    [InlineData("CACHED", "ALWAYS", "OFFLINE_POLICY_ALWAYS")]
    [InlineData("[ { \"id\": \"front\" } ]", "[ \"front\" ]", "'doors[0]' must be an object")]
    [InlineData("\"06:00\",", "\"06:00\"", "not valid JSON at line 7")]
    public async Task A_mistake_in_the_file_is_named_with_its_place_and_nothing_is_sent(string right, string wrong, string named)
    {
        var printed = await Apply(Good.Replace(right, wrong, StringComparison.Ordinal));

        Assert.Equal(2, printed.Code);
        Assert.Contains(named, printed.Errors, StringComparison.Ordinal);
        Assert.Contains("branch.json", printed.Errors, StringComparison.Ordinal);
        Assert.Empty(Script.Requests<ApplyBranchRequest>());
    }

    [Fact]
    public async Task A_branch_without_id_is_refused_by_the_register_in_its_own_words()
    {
        Script.Refuse<ApplyBranchRequest>(StatusCode.InvalidArgument, "FIELD_INVALID", "branch.id: a branch needs an id.");

        var printed = await Apply("{}");

        Assert.Equal(1, printed.Code);
        Assert.Contains("a branch needs an id", printed.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_named()
    {
        var printed = await Server.Run("branch", "apply", "/nowhere/branch.json");

        Assert.Equal(2, printed.Code);
        Assert.Contains("/nowhere/branch.json cannot be read", printed.Errors, StringComparison.Ordinal);
    }

    private async Task<Printed> Apply(string json)
    {
        using var folder = new TempFolder();
        return await Server.Run("branch", "apply", folder.Write("branch.json", json));
    }
}
