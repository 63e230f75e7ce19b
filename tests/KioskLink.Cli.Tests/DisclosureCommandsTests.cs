using KioskLink.Protos.Register.V1;
using KioskLink.Testing;

namespace KioskLink.Cli;

public sealed class DisclosureCommandsTests : FakeServerTest
{
    private static readonly Disclosure File = new() { Id = "d1", Kind = DisclosureKind.Collection, Recipient = "Agency", Municipality = "Espoo", RecordCount = 2, FileName = "secret.csv" };

    [Fact]
    public async Task Collecting_names_the_week_and_its_files()
    {
        Script.On<RunCollectionRequest>(_ => new RunCollectionResponse { Week = "2026-W49", AlreadyRun = true, Disclosures = { File } });

        var printed = await Server.Run("disclosure", "collect");

        Assert.Equal(0, printed.Code);
        Assert.Contains("The files of 2026-W49 were made before.", printed.Output, StringComparison.Ordinal);
        Assert.Contains("secret.csv", printed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invoices_go_to_the_unit_or_the_agency()
    {
        Script.On<ExportInvoicesRequest>(_ => new ExportInvoicesResponse());

        Assert.Contains("no invoice", (await Server.Run("disclosure", "invoices", "agency")).Output, StringComparison.Ordinal);
        Assert.Equal(DisclosureKind.InvoiceCollection, Script.Requests<ExportInvoicesRequest>().Single().Kind);
        Assert.Equal(2, (await Server.Run("disclosure", "invoices", "neighbours")).Code);
    }

    [Fact]
    public async Task A_patrons_disclosures_are_read_to_the_last_page()
    {
        Script.On<ListDisclosuresOfRequest>(request => new ListDisclosuresOfResponse { Disclosures = { File }, NextPageToken = request.PageToken.Length == 0 ? "next" : "" });

        var printed = await Server.Run("disclosure", "list", "1001", "--json");

        Assert.Equal(2, printed.Json["disclosures"]!.AsArray().Count);
        Assert.All(Script.Requests<ListDisclosuresOfRequest>(), request => Assert.Equal("1001", request.CustomerId));
    }

    [Fact]
    public async Task A_patrons_data_is_disclosed_by_field_recipient_and_reason()
    {
        Script.On<DisclosePatronRequest>(_ => new DisclosePatronResponse { Disclosure = File });

        Assert.Equal(0, (await Server.Run("disclosure", "patron", "1001", "Researcher", "--field", "name", "--field", "phone", "--reason", "study")).Code);
        var request = Script.Requests<DisclosePatronRequest>().Single();
        Assert.Equal(("1001", "Researcher", "study"), (request.CustomerId, request.Recipient, request.Reason));
        Assert.Equal(["name", "phone"], request.Fields);
        Assert.Equal(2, (await Server.Run("disclosure", "patron", "1001", "Researcher", "--reason", "study")).Code);
    }

    [Fact]
    public async Task The_population_registers_answer_is_sent_whole_and_a_row_that_was_not_used_ends_with_1()
    {
        Script.On<ImportAddressAnswerRequest>(_ => new ImportAddressAnswerResponse { Rows = 2, Updated = 1, Problems = { new AddressAnswerProblem { Line = 3, Reason = "nobody was asked for" } } });
        using var folder = new TempFolder();

        var printed = await Server.Run("disclosure", "take-addresses", folder.Write("answer.csv", "identity_code\n"));

        Assert.Equal(1, printed.Code);
        Assert.Contains("line 3: nobody was asked for", printed.Output, StringComparison.Ordinal);
        Assert.Equal("identity_code\n", Script.Requests<ImportAddressAnswerRequest>().Single().Chunk.ToStringUtf8());
    }

    [Fact]
    public async Task Statistics_and_the_record_of_processing_are_printed()
    {
        Script.On<GetStatisticsRequest>(_ => new GetStatisticsResponse { SuppressedCells = 3, Minimum = 5 });
        Script.On<ExportRecordOfProcessingRequest>(_ => new ExportRecordOfProcessingResponse { Document = """{ "consortium": "mine" }""" });

        Assert.Contains("3 cells of fewer than 5 patrons, or by which others could be reckoned, are left out.", (await Server.Run("disclosure", "statistics", "2026-01-01", "2026-12-31")).Output, StringComparison.Ordinal);
        Assert.Equal("mine", (string?)(await Server.Run("disclosure", "record", "--json")).Json["consortium"]);
    }

    [Fact]
    public async Task Statistics_by_gender_age_and_group_are_printed_with_their_period()
    {
        Script.On<GetStatisticsRequest>(_ => new GetStatisticsResponse
        {
            Patrons =
            {
                new PatronCount { Measure = "visitors", Period = "2026-W48", BranchId = "Main", Dimension = "gender", Gender = Gender.Female, Patrons = 12 },
                new PatronCount { Measure = "patrons", Period = "2026-11", BranchId = "Main", Dimension = "age", AgeBand = "15-17", Patrons = 35 },
            },
            Periods = { new StatisticsPeriod { Measure = "visitors", Period = "2026-W48" }, new StatisticsPeriod { Measure = "patrons", Period = "2026-11" } },
        });

        var printed = await Server.Run("disclosure", "statistics", "2026-11-01", "2026-11-30", "--part", "patrons");

        Assert.Equal(StatisticsPart.Patrons, Script.Requests<GetStatisticsRequest>().Single().Part);
        Assert.All(["2026-W48", "female", "12", "15-17", "35", "Counted: visitors 2026-W48, patrons 2026-11."], text => Assert.Contains(text, printed.Output, StringComparison.Ordinal));
        Assert.Equal(2, (await Server.Run("disclosure", "statistics", "2026-11-01", "2026-11-30", "--part", "names")).Code);
    }

    [Fact]
    public async Task Statistics_are_handed_out_to_somebody_for_a_reason_and_into_a_file()
    {
        Script.On<DiscloseStatisticsRequest>(_ => new DiscloseStatisticsResponse { Disclosure = new Disclosure { Recipient = "City" }, File = Google.Protobuf.ByteString.CopyFromUtf8("statistics\r\n") });
        using var folder = new TempFolder();

        Assert.Equal(0, (await Server.Run("disclosure", "hand-out", "2026-11-01", "2026-11-30", "City", "--reason", "review", "--file", folder["out.csv"])).Code);

        var request = Script.Requests<DiscloseStatisticsRequest>().Single();
        Assert.Equal(("City", "review", StatisticsPart.Unspecified), (request.Recipient, request.Reason, request.Part));
        Assert.Equal("statistics\r\n", await System.IO.File.ReadAllTextAsync(folder["out.csv"]));
        Assert.Equal(2, (await Server.Run("disclosure", "hand-out", "2026-11-01", "2026-11-30", "City")).Code);
    }
}
