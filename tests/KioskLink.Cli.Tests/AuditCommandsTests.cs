using KioskLink.Protos.Register.V1;

namespace KioskLink.Cli;

public sealed class AuditCommandsTests : FakeServerTest
{
    [Fact]
    public async Task A_whole_chain_is_0_and_says_where_it_ends()
    {
        Script.On<VerifyRequest>(_ => new VerifyResponse { Whole = true, Rows = 7, FirstSequence = 1, LastSequence = 7, HeadHash = "abcd" });

        var printed = await Server.Run("audit", "verify");

        Assert.Equal(0, printed.Code);
        Assert.Contains("Whole: rows 1 to 7, ending with abcd.", printed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broken_chain_is_1_and_says_where_and_what_to_do()
    {
        Script.On<VerifyRequest>(_ => new VerifyResponse { BrokenSequence = 4, Rows = 3, Problem = "row 4 was altered" });

        var printed = await Server.Run("audit", "verify");
        var json = await Server.Run("audit", "verify", "--json");

        Assert.Equal((1, 1), (printed.Code, json.Code));
        Assert.Contains("BROKEN at row 4: row 4 was altered.", printed.Output, StringComparison.Ordinal);
        Assert.Equal(4, (int)json.Json["brokenSequence"]!);
    }

    [Fact]
    public async Task A_list_asks_for_what_was_typed_and_stops_at_its_limit()
    {
        Script.On<ListEventsRequest>(request => new ListEventsResponse
        {
            Events = { Enumerable.Range(1, request.PageSize).Select(number => new AuditEvent { Sequence = number, Actor = "aino", Calls = 1 }) },
            NextPageToken = "more",
        });

        var printed = await Server.Run("audit", "list", "--actor", "aino", "--customer", "1001", "--from", "2026-01-01", "--limit", "1500", "--json");

        Assert.Equal(1500, printed.Json["events"]!.AsArray().Count);
        Assert.Equal([("", 1000), ("more", 500)], Script.Requests<ListEventsRequest>().Select(request => (request.PageToken, request.PageSize)));
        Assert.All(Script.Requests<ListEventsRequest>(), request => Assert.Equal(("aino", "1001"), (request.Actor, request.CustomerId)));
        Assert.Equal(2, (await Server.Run("audit", "list", "--limit", "0")).Code);
    }
}
