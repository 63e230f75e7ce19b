using KioskLink.Protos.Node.V1;
using KioskLink.Protos.Register.V1;
using KioskLink.Testing;
using GetLoanStatusRequest = KioskLink.Protos.Register.V1.GetLoanStatusRequest;
using GetLoanStatusResponse = KioskLink.Protos.Register.V1.GetLoanStatusResponse;

namespace KioskLink.Cli;

public sealed class LoanCommandsTests : FakeServerTest
{
    // One folder for all: the variable is the process's.
    static LoanCommandsTests() => Environment.SetEnvironmentVariable("KIOSKLINK_IMPORTS", Path.Combine(Path.GetTempPath(), $"kiosklink-imports-{Environment.ProcessId}"));

    [Fact]
    public async Task The_status_of_a_patron_is_counts_and_due_dates()
    {
        Script.On<GetLoanStatusRequest>(_ => new GetLoanStatusResponse { Valid = true, Loans = 3, Overdue = 1, DueOn = { "2026-12-24" }, FeesCents = 350 });

        var printed = await Server.Run("loan", "status", "1001");

        Assert.Contains("2026-12-24", printed.Output, StringComparison.Ordinal);
        Assert.Contains("3.50 euros", printed.Output.Replace(',', '.'), StringComparison.Ordinal);
        Assert.Equal("1001", Script.Requests<GetLoanStatusRequest>().Single().CustomerId);
    }

    [Fact]
    public async Task A_list_is_read_to_its_last_page()
    {
        Script.On<ListLoansRequest>(request => request.PageToken.Length == 0
            ? new ListLoansResponse { Loans = { new Loan { Id = "l1" } }, Holds = { new Hold { Id = "h1" } }, NextPageToken = "next" }
            : new ListLoansResponse { Loans = { new Loan { Id = "l2" } } });

        var printed = await Server.Run("loan", "list", "1001", "--json");

        Assert.Equal(["l1", "l2"], printed.Json["loans"]!.AsArray().Select(loan => (string?)loan!["id"]));
        Assert.Single(printed.Json["holds"]!.AsArray());
    }

    [Fact]
    public async Task What_a_node_keeps_is_listed_to_its_last_page_and_1_while_somebody_has_to_look_at_it()
    {
        Script.On<ListKeptActsRequest>(request => request.PageToken.Length == 0
            ? new ListKeptActsResponse
            {
                Acts = { new KeptAct { TransactionId = "a1", Kind = KeptActKind.CheckOut, ItemId = "301", State = KeptActState.Conflict, Reason = LoanReason.ItemOnLoan } },
                NextPageToken = "1",
                Waiting = 1,
                Unsettled = 1,
            }
            : new ListKeptActsResponse { Acts = { new KeptAct { TransactionId = "a2", Kind = KeptActKind.CheckIn, ItemId = "302", State = KeptActState.Waiting } }, Waiting = 1, Unsettled = 1 });

        var printed = await Server.RunAtNode("loan", "waiting", "--all");

        Assert.Equal(1, printed.Code);
        Assert.Contains("ITEM_ON_LOAN", printed.Output, StringComparison.Ordinal);
        Assert.Contains("302", printed.Output, StringComparison.Ordinal);
        Assert.All(Script.Requests<ListKeptActsRequest>(), request => Assert.True(request.Settled));
    }

    [Fact]
    public async Task A_file_is_sent_row_by_row_and_its_bad_rows_are_told_by_line()
    {
        using var folder = new TempFolder();
        var file = folder.Write("loans.csv", """
            kind,id,customer_id,item_ids,cents,title,done
            item,i1,,,2500,"Seitsemän ""veljestä"", osa 1",
            invoice,v1,1001,i1 i2,4200,,no
            loan,l1,1001,,many,,
            ghost,g1,,,,,
            fee,f1,1001,,350,broken "quote,

            """);
        Script.On<ImportLoansRequest>(_ => new ImportLoansResponse { Stored = 1, Problems = { new LoanRecordProblem { Index = 1, Field = "due_on", Reason = "is missing: give it" } } });

        var printed = await Server.Run("loan", "import", file, "--json");

        Assert.Equal(1, printed.Code);
        var records = Script.Requests<ImportLoansRequest>().Single().Records;
        Assert.Equal((2, "Seitsemän \"veljestä\", osa 1", 2500), (records.Count, records[0].Title, records[0].Cents));
        Assert.Equal(["i1", "i2"], records[1].ItemIds);
        Assert.Equal(
            [(4, "cents"), (5, "kind"), (6, ""), (3, "due_on")],
            printed.Json["problems"]!.AsArray().Select(problem => ((int)problem!["line"]!, (string)problem["field"]!)));
    }

    [Fact]
    public async Task A_file_of_items_needs_no_kind_and_a_field_may_go_over_lines()
    {
        using var folder = new TempFolder();
        var file = folder.Write("items.csv", "id,title,owner,cents,item_type,title_id,home_branch,call_number,collection,media,magnetic,missing\ni1,\"Kalevala,\nosa 1\",Lahti,2500,book,t1,FI-Main,84.2 KAL,fiction,001,yes,no\n");
        Script.On<ImportLoansRequest>(request => new ImportLoansResponse { Stored = request.Records.Count });

        var printed = await Server.Run("item", "import", file, "--json");

        Assert.Equal((0, 1), (printed.Code, (int)printed.Json["stored"]!));
        Assert.Equal(
            new LoanRecord
            {
                Kind = LoanRecordKind.Item,
                Id = "i1",
                Title = "Kalevala,\nosa 1",
                Owner = "Lahti",
                Cents = 2500,
                ItemType = "book",
                TitleId = "t1",
                HomeBranch = "FI-Main",
                CallNumber = "84.2 KAL",
                Collection = "fiction",
                Media = "001",
                Magnetic = true,
            },
            Script.Requests<ImportLoansRequest>().Single().Records.Single());
    }

    [Fact]
    public async Task A_strict_import_stops_at_the_first_bad_row_and_sends_none_after_it()
    {
        using var folder = new TempFolder();
        var file = folder.Write("items.csv", "id,cents\ni1,1\ni2,1\ni3,1\n");
        Script.On<ImportLoansRequest>(request => request.Records[0].Id == "i2"
            ? new ImportLoansResponse { Problems = { new LoanRecordProblem { Field = "title", Reason = "is missing: give it" } } }
            : new ImportLoansResponse { Stored = 1 });

        var printed = await Server.Run("item", "import", file, "--strict", "--json");
        var spoilt = await Server.Run("item", "import", folder.Write("spoilt.csv", "id,cents\ni4,1\ni5,many\ni6,1\n"), "--strict", "--json");

        Assert.Equal((1, true, 3), (printed.Code, (bool)printed.Json["aborted"]!, (int)printed.Json["problems"]![0]!["line"]!));
        Assert.Equal((1, true, 3), (spoilt.Code, (bool)spoilt.Json["aborted"]!, (int)spoilt.Json["problems"]![0]!["line"]!));
        Assert.Equal(["i1", "i2", "i4"], Script.Requests<ImportLoansRequest>().Select(request => request.Records.Single().Id));
    }

    [Fact]
    public async Task An_import_that_was_lost_in_the_middle_goes_on_where_it_stopped()
    {
        using var folder = new TempFolder();
        var file = folder.Write("items.csv", "id\n" + string.Join('\n', Enumerable.Range(1, 501).Select(n => $"i{n}")));
        var isDown = true;
        Script.On<ImportLoansRequest>(request => request.Records.Count == 1 && isDown
            ? throw new Grpc.Core.RpcException(new Grpc.Core.Status(Grpc.Core.StatusCode.Unavailable, "gone"))
            : new ImportLoansResponse { Stored = request.Records.Count });

        var lost = await Server.Run("item", "import", file);
        isDown = false;
        var resumed = await Server.Run("item", "import", file, "--resume", "--json");
        var again = await Server.Run("item", "import", file, "--resume", "--json");

        Assert.Equal(3, lost.Code);
        Assert.Contains("--resume", lost.Errors, StringComparison.Ordinal);
        Assert.Equal((1, 500), ((int)resumed.Json["stored"]!, (int)resumed.Json["resumed"]!));
        Assert.Equal((501, 0), ((int)again.Json["stored"]!, (int)again.Json["resumed"]!));
    }

    [Theory]
    [InlineData("loan", "import", "/nowhere.csv")]
    [InlineData("item", "import", "/nowhere.csv")]
    [InlineData("item", "import")]
    [InlineData("loan", "status")]
    public async Task A_wrong_command_line_is_2_and_reaches_no_register(params string[] args)
    {
        Assert.Equal(2, (await Server.Run(args)).Code);
        Assert.Empty(Script.Requests<ImportLoansRequest>());
    }
}
