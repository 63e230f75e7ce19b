using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;
using KioskLink.Testing;

namespace KioskLink.Cli;

public sealed class ApplicationCommandsTests : FakeServerTest
{
    private const string Csv = """
        surname,first_names,identity_code,language,received_on
        Mallinen,"Testi, Aino",010594Y9032,sv,2026-11-20
        Mallinen,"Toi
        nen",,xx,
        Mallinen,Kolmas
        Mallinen,"Neljäs,010594Y9032,fi,

        """;

    [Fact]
    public async Task A_file_is_handed_in_row_by_row_and_processed_and_a_bad_row_stops_no_other()
    {
        AnswerAll();
        using var folder = new TempFolder();

        var printed = await Server.Run("application", "import", folder.Write("a.csv", Csv), "--json");

        Assert.Equal(1, printed.Code);
        var request = Script.Requests<SubmitApplicationRequest>().Single();
        Assert.Equal(("Testi, Aino", "010594Y9032", Language.Sv), (request.Applicant.FirstNames, request.Applicant.IdentityCode, request.Applicant.Language));
        Assert.Equal(new DateTimeOffset(2026, 11, 19, 22, 0, 0, TimeSpan.Zero), request.ReceivedTime.ToDateTimeOffset());
        Assert.Equal(["id of Testi, Aino"], Script.Requests<ProcessApplicationsRequest>().Single().Ids);
        var file = printed.JsonLines[0]["file"]!;
        Assert.Equal((4, 1, 3), ((int)file["applications"]!, (int)file["created"]!, (int)file["refused"]!));
        Assert.Equal(64, ((string)file["sha256"]!).Length);
        Assert.Equal(
            [
                "line 3: language must be a text: fi, sv or en, or empty",
                "line 5: the row has 2 fields instead of 5: check the commas",
                "line 6: the quotation marks do not match: quote the whole field and double the marks inside",
            ],
            file["problems"]!.AsArray().Select(problem => (string?)problem));
        Assert.DoesNotContain("Kolmas", printed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_gives_a_result_for_each_file_and_a_sum()
    {
        AnswerAll();
        using var folder = new TempFolder();
        folder.Write("a.json", """[ { "surname": "Mallinen", "firstNames": "Yksi" }, { "surname": "Mallinen", "first_names": "Kaksi" }, { "surnam": "Mallinen" } ]""");
        folder.Write("b.json", """{ "surname": "Mallinen", "firstNames": "Kolme", } // as people write it""");
        folder.Write("c.json", "{ broken");
        folder.Write("d.json", """{ "surname": "Mallinen", "firstNames": "Kolme", } // as people write it""");
        folder.Write("notes.txt", "no applications");

        var printed = await Server.Run("application", "import", folder.Path, "--json");

        Assert.Equal(1, printed.Code);
        Assert.Equal(["a.json", "b.json", "c.json", "d.json"], printed.JsonLines.SkipLast(1).Select(line => Path.GetFileName((string?)line["file"]!["file"])));
        var sum = printed.JsonLines[^1]["summary"]!;
        Assert.Equal((4, 3, 2), ((int)sum["applications"]!, (int)sum["created"]!, (int)sum["refused"]!));
        Assert.Contains("same content", (string?)printed.JsonLines[3]["file"]!["problems"]![0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_an_earlier_run_has_done_is_told_and_not_done_again()
    {
        Script.On<SubmitApplicationRequest>(_ => new SubmitApplicationResponse
        {
            Known = true,
            Application = new Application { Id = "a", State = ApplicationState.Done, Outcome = ApplicationOutcome.Created },
        });
        using var folder = new TempFolder();

        var printed = await Server.Run("application", "import", folder.Write("a.csv", Csv[..Csv.IndexOf("Mallinen,\"Toi", StringComparison.Ordinal)]));

        Assert.Equal(0, printed.Code);
        Assert.Contains("1 applications: 1 created, 0 updated, 0 unchanged, 0 for staff, 0 rejected before, 0 not taken, 1 known from an earlier run, 0 received too long ago.", printed.Output, StringComparison.Ordinal);
        Assert.Empty(Script.Requests<ProcessApplicationsRequest>());
    }

    [Fact]
    public async Task The_registers_refusal_of_a_row_names_its_place_and_stops_no_other()
    {
        AnswerAll();
        Script.Refuse<SubmitApplicationRequest>(StatusCode.InvalidArgument, "FIELD_INVALID", "`applicant.surname` is missing: give it.");
        using var folder = new TempFolder();

        var printed = await Server.Run("application", "import", folder.Write("a.json", """[ { "surname": "" }, { "surname": "" } ]"""));

        Assert.Equal(1, printed.Code);
        Assert.Contains("object 1: `applicant.surname` is missing: give it.", printed.Output, StringComparison.Ordinal);
        Assert.Contains("object 2: ", printed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task R34_A_file_without_a_day_was_received_when_it_was_written_and_one_whose_time_is_over_is_no_failure()
    {
        AnswerAll();
        Script.Refuse<SubmitApplicationRequest>(StatusCode.InvalidArgument, "FIELD_INVALID", "`received_time` lies so far back that the application would be destroyed at once: hand in a newer one.");
        using var folder = new TempFolder();
        var file = folder.Write("a.json", """{ "surname": "Mallinen" }""");
        File.SetLastWriteTimeUtc(file, new DateTime(2026, 1, 15, 22, 30, 0, DateTimeKind.Utc));

        var printed = await Server.Run("application", "import", file, "--json");

        Assert.Equal(new DateTimeOffset(2026, 1, 15, 22, 0, 0, TimeSpan.Zero), Script.Requests<SubmitApplicationRequest>().Single().ReceivedTime.ToDateTimeOffset());
        var told = printed.JsonLines[0]["file"]!;
        Assert.Equal((0, 1, 0, 0), (printed.Code, (int)told["over"]!, (int)told["refused"]!, told["problems"]!.AsArray().Count));
    }

    [Fact]
    public async Task Applications_are_listed_shown_approved_and_rejected()
    {
        var one = new Application { Id = "a1", State = ApplicationState.Queued, QueueReason = QueueReason.NoIdentityCode, Applicant = new Applicant { Surname = "Mallinen", FirstNames = "Testi" } };
        Script.On<ListApplicationsRequest>(_ => new ListApplicationsResponse { Applications = { one } });
        Script.On<GetApplicationRequest>(_ => new GetApplicationResponse { Application = one, Candidates = { new ApplicationCandidate { CustomerId = "10001" } } });
        Script.On<DecideApplicationRequest>(_ => new DecideApplicationResponse { Application = new Application { CustomerId = "10001", Outcome = ApplicationOutcome.Updated, Applicant = new Applicant() } });
        Script.On<RejectApplicationRequest>(_ => new RejectApplicationResponse { Application = one });

        Assert.Contains("NO_IDENTITY_CODE", (await Server.Run("application", "list", "--state", "queued")).Output, StringComparison.Ordinal);
        Assert.Contains("10001", (await Server.Run("application", "show", "a1")).Output, StringComparison.Ordinal);
        Assert.Contains("customer 10001 was updated", (await Server.Run("application", "approve", "a1", "--customer", "10001")).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await Server.Run("application", "approve", "a1", "--new", "--responsible", "10002")).Code);
        Assert.Equal(0, (await Server.Run("application", "reject", "a1", "--reason", "withdrawn")).Code);

        Assert.Equal(ApplicationState.Queued, Script.Requests<ListApplicationsRequest>()[0].State);
        Assert.Equal(["10001", ""], Script.Requests<DecideApplicationRequest>().Select(request => request.CustomerId));
        Assert.True(Script.Requests<DecideApplicationRequest>()[1].NewPatron);
    }

    [Theory]
    [InlineData("application", "approve", "a1")]
    [InlineData("application", "approve", "a1", "--new", "--customer", "10001")]
    [InlineData("application", "reject", "a1")]
    [InlineData("application", "list", "--state", "lost")]
    [InlineData("application", "import", "/nowhere")]
    public async Task A_wrong_command_line_is_2(params string[] args) => Assert.Equal(2, (await Server.Run(args)).Code);

    private void AnswerAll()
    {
        Script.On<SubmitApplicationRequest>(request => new SubmitApplicationResponse
        {
            Application = new Application { Id = $"id of {request.Applicant.FirstNames}", State = ApplicationState.Received },
        });
        Script.On<ProcessApplicationsRequest>(request =>
        {
            var response = new ProcessApplicationsResponse();
            response.Applications.AddRange(request.Ids.Select(id => new Application { Id = id, State = ApplicationState.Done, Outcome = ApplicationOutcome.Created }));
            return response;
        });
    }
}
