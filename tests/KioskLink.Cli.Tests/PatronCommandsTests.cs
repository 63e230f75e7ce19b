using System.Text;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;
using KioskLink.Testing;

namespace KioskLink.Cli;

public sealed class PatronCommandsTests : FakeServerTest
{
    // More than one piece of 64 KiB, and not a whole number of them.
    private static readonly string Csv = string.Concat(Enumerable.Range(1, 9_000).Select(row => $"row {row:00000}\n"));

    [Fact]
    public async Task A_patron_is_shown_with_cards_and_bans_and_the_caller_is_the_administrator()
    {
        Script.On<GetPatronRequest>(_ => new GetPatronResponse
        {
            Patron = new Patron { CustomerId = "1001", Surname = "Näsi", FirstNames = "[Aino]", Cards = { new Card { CardNumber = "29909090000018", Lost = true } } },
        });

        var printed = await Server.RunTyping(["29909090000018"], "patron", "show", "--card", "-");

        Assert.Equal(0, printed.Code);
        Assert.Contains("Näsi, [Aino]", printed.Output, StringComparison.Ordinal);
        Assert.Contains("No bans.", printed.Output, StringComparison.Ordinal);
        Assert.Contains("CN=maija", Script.Caller, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(LanguageLabel.ServiceLanguage, "service language")]
    [InlineData(LanguageLabel.MotherTongue, "mother tongue")]
    [InlineData(LanguageLabel.MailLanguage, "language of messages")]
    public async Task R10_A_patrons_language_is_called_what_it_means_in_the_consortium(LanguageLabel meaning, string word)
    {
        Script.On<GetPatronRequest>(_ => new GetPatronResponse { Patron = new Patron { CustomerId = "1001", Language = Language.Sv }, LanguageLabel = meaning });

        var printed = await Server.Run("patron", "show", "1001");

        Assert.Matches($@"(?m)^\W*{word}\W+SV\b", printed.Output);
    }

    [Fact]
    public async Task Whom_to_show_must_be_said_once() =>
        Assert.Equal(2, (await Server.RunTyping(["29909090000018"], "patron", "show", "1001", "--card", "-")).Code);

    [Fact]
    public async Task An_import_sends_the_file_whole_and_prints_rows_and_summary()
    {
        Script.Import = file =>
        [
            new ImportPatronsResponse { Progress = new ImportProgress { Rows = 9000, Bytes = file.Bytes.Length } },
            new ImportPatronsResponse { Row = new ImportRowMessage { Line = 17, Field = "pin", Reason = "a PIN has 4 to 8 digits" } },
            new ImportPatronsResponse { Row = new ImportRowMessage { Line = 18, Reason = "a child needs a responsible person", Stored = true } },
            new ImportPatronsResponse { Summary = new ImportSummary { Rows = 9000, Created = 8999, Rejected = file.Bytes.ToStringUtf8() == Csv ? 1 : 9000, Remarks = 1 } },
        ];

        var printed = await Import("--resume");

        Assert.Equal(1, printed.Code);
        Assert.Equal(
            [
                "line 17, pin: a PIN has 4 to 8 digits (not stored)",
                "line 18: a child needs a responsible person (stored)",
                "9000 rows: 8999 created, 0 changed, 0 unchanged, 1 not stored, 0 stored by an earlier run, 1 with a remark.",
            ],
            printed.Output.TrimEnd('\n').Split('\n').Select(line => line.TrimEnd()));
    }

    [Fact]
    public async Task The_same_file_has_the_same_import_id()
    {
        var starts = new List<ImportStart>();
        Script.Import = file =>
        {
            starts.Add(file.Start!);
            return [new ImportPatronsResponse { Summary = new ImportSummary() }];
        };

        await Import();
        await Import("--resume");

        Assert.Equal(starts[0].ImportId, starts[1].ImportId);
        Assert.Equal([false, true], starts.Select(start => start.Resume));
    }

    [Fact]
    public async Task A_strict_import_that_ends_early_tells_so()
    {
        Script.Import = _ =>
        [
            new ImportPatronsResponse { Row = new ImportRowMessage { Line = 2, Reason = "no date of birth" } },
            new ImportPatronsResponse { Summary = new ImportSummary { Rows = 1, Rejected = 1, Aborted = true } },
        ];

        var printed = await Import("--strict", "--json");

        Assert.Equal(1, printed.Code);
        Assert.Equal(2, (int)printed.JsonLines[0]["row"]!["line"]!);
        Assert.True((bool)printed.JsonLines[1]["summary"]!["aborted"]!);
    }

    [Fact]
    public async Task A_clean_import_ends_with_0()
    {
        Script.Import = _ => [new ImportPatronsResponse { Summary = new ImportSummary { Rows = 9000, Unchanged = 9000 } }];

        Assert.Equal(0, (await Import()).Code);
    }

    [Fact]
    public async Task An_import_without_a_summary_says_how_to_go_on()
    {
        var printed = await Import();

        Assert.Equal(1, printed.Code);
        Assert.Contains("run it again with --resume", printed.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_register_that_is_lost_in_the_middle_is_3_and_the_error_says_how_to_go_on()
    {
        Script.Import = _ => BreakOff();

        var printed = await Import();

        Assert.Equal(3, printed.Code);
        Assert.Contains("with --resume", printed.Errors, StringComparison.Ordinal);
        Assert.Contains(Server.Address, printed.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_becomes_unreadable_does_not_blame_strictness()
    {
        Script.Import = _ =>
        [
            new ImportPatronsResponse { Row = new ImportRowMessage { Line = 9, Reason = "the file is not UTF-8: save it as UTF-8 and import it again" } },
            new ImportPatronsResponse { Summary = new ImportSummary { Rows = 7, Created = 7, Aborted = true } },
        ];

        var printed = await Import();

        Assert.Equal(1, printed.Code);
        Assert.Contains("The rest of the file was not read.", printed.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("--strict", printed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_breaks_while_it_is_read_is_one_sentence() =>
        Assert.Equal("kiosklink: /proc/self/mem cannot be read to its end; check the disk that it is on, and run the command again.\n",
            (await Server.Run("patron", "import", "/proc/self/mem")).Errors);

    [Fact]
    public async Task A_patron_for_programs_tells_whose_facts_these_are()
    {
        Script.On<GetPatronRequest>(_ => new GetPatronResponse
        {
            Patron = new Patron { CustomerId = "1001" },
            Source = Source.Register,
            FactsVersion = 12,
            FactsAge = new Duration(),
        });

        var json = (await Server.Run("patron", "show", "1001", "--json")).Json;

        Assert.Equal(("1001", "REGISTER", 12, 0), ((string?)json["customerId"], (string?)json["source"], (int)json["factsVersion"]!, (int)json["factsAge"]!));
    }

    private static IEnumerable<ImportPatronsResponse> BreakOff()
    {
        yield return new ImportPatronsResponse { Progress = new ImportProgress { Rows = 64, Bytes = 640 } };
        throw new RpcException(new Status(StatusCode.Unavailable, "gone"));
    }

    private async Task<Printed> Import(params string[] options)
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder["patrons.csv"], Csv, new UTF8Encoding(false));
        return await Server.Run(["patron", "import", folder["patrons.csv"], .. options]);
    }
}
