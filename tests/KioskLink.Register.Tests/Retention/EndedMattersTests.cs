using KioskLink.Protos.Register.V1;
using KioskLink.Register.Bans;
using KioskLink.Register.Loans;
using KioskLink.Register.PatronNotes;
using KioskLink.Register.Retention;
using KioskLink.Register.Store;
using NodaTime;

namespace KioskLink.Register.Tests.Retention;

/// <summary>What has come to its end goes after the profile's period, by Helsinki dates from noon of 1 December 2026; what is open stays.</summary>
public sealed class EndedMattersTests
{
    private const string Patron = "10001";

    // Tables of which no rule of retention deletes rows or takes the patron out, and why.
    private static readonly Dictionary<string, string> Kept = new()
    {
        ["patrons"] = "inactive-patrons: the patron and what only says who the patron is",
        ["patron_names"] = "goes with the patron",
        ["contacts"] = "goes with the patron",
        ["genders"] = "goes with the patron",
        ["notice_preferences"] = "goes with the patron",
        ["home_service"] = "goes with the patron or when the patron leaves the group (R24)",
        ["responsibilities"] = "goes with the patron",
        ["cards"] = "goes with the patron",
        ["bus_stops"] = "a date a stop, goes with the patron",
        ["consents"] = "proof of what was accepted, goes with the patron",
        ["disclosure_subjects"] = "what was disclosed is shown to the subject (R55), goes with the patron",
        ["disclosure_lines"] = "what was disclosed is shown to the subject (R55), goes with the patron",
        ["disclosure_permissions"] = "what the patron allows, goes with the patron",
        ["claim_decisions"] = "what was decided of restricted claims, goes with the patron",
        ["address_queries"] = "the last query alone, goes with the patron",
        ["rectifications"] = "what was wrong, for whoever was told of it; goes with the patron",
        ["loans"] = "open",
        ["holds"] = "open",
    };

    private static readonly Dictionary<string, string> Ruled = new()
    {
        ["applications"] = RetentionRules.Applications,
        ["pre_registrations"] = RetentionRules.PreRegistrations,
        ["request_cases"] = RetentionRules.Requests,
        ["item_history"] = RetentionRules.ItemHistory,
        ["loan_conflicts"] = RetentionRules.ItemHistory,
        ["loan_history"] = RetentionRules.LoanHistory,
        ["patron_messages"] = RetentionRules.Messages,
        ["sent_notices"] = RetentionRules.Messages,
        ["bans"] = RetentionRules.EndedMatters,
        ["patron_notes"] = RetentionRules.EndedMatters,
        ["legal_holds"] = RetentionRules.EndedMatters,
        ["fees"] = RetentionRules.SettledDebts,
        ["invoices"] = RetentionRules.SettledDebts,
        ["fee_payments"] = RetentionRules.SettledDebts,
    };

    [Fact]
    public async Task R64_Every_table_that_names_a_patron_has_a_period_or_a_reason_to_stay_as_long_as_the_patron()
    {
        await using var register = await TestRegister.StartAsync();
        using var connection = register.Core.Store.Connect();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT m.name FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' AND c.name = 'patron_id' ORDER BY m.name";
        using var reader = command.ExecuteReader();
        var tables = new List<string>();
        while (reader.Read())
        {
            tables.Add(reader.GetString(0));
        }

        Assert.Equal(Kept.Keys.Concat(Ruled.Keys).Order(StringComparer.Ordinal), tables);
        Assert.Empty(Ruled.Values.Except(RetentionRules.Names));
    }

    [Theory]
    [InlineData("2027-11-30T21:59:59Z", 3)]
    [InlineData("2027-11-30T22:00:00Z", 2)]
    public async Task R64_A_ban_goes_its_period_after_its_end_and_one_that_runs_or_ended_later_stays(string at, int left)
    {
        await using var register = await StartAsync();
        await register.Core.Lane.WriteAsync(scope => scope.Db.AddRange(
            Ban(scope, "ended", endAt: scope.NowMs),
            Ban(scope, "endless", endAt: null),
            Ban(scope, "later", endAt: scope.NowMs + (long)Duration.FromDays(2).TotalMilliseconds)));

        await OtherRulesTests.RunAsync(register, RetentionRules.EndedMatters, at);

        Assert.Equal(left, Count<BanRow>(register));
    }

    [Theory]
    [InlineData("2027-11-30T21:59:59Z", 2)]
    [InlineData("2027-11-30T22:00:00Z", 1)]
    public async Task R64_A_settled_remark_goes_and_one_that_is_open_stays(string at, int left)
    {
        await using var register = await StartAsync();
        foreach (var body in new[] { "first", "second" })
        {
            await register.Notes.AddNote(new AddNoteRequest { CustomerId = Patron, Note = new PatronNote { Body = body, Unsettled = true } }, TestCall.Admin());
        }

        var note = (await register.Notes.ListNotes(new ListNotesRequest { CustomerId = Patron }, TestCall.Admin())).Notes[0];
        await register.Notes.SettleNote(new SettleNoteRequest { CustomerId = Patron, NoteId = note.NoteId }, TestCall.Admin());

        await OtherRulesTests.RunAsync(register, RetentionRules.EndedMatters, at);

        Assert.Equal(left, Count<PatronNoteRow>(register));
    }

    [Theory]
    [InlineData("2027-11-30T21:59:59Z", 1)]
    [InlineData("2027-11-30T22:00:00Z", 0)]
    public async Task R64_A_message_goes_after_its_period(string at, int left)
    {
        await using var register = await StartAsync();
        await register.Notes.AddMessage(
            new AddMessageRequest { CustomerId = Patron, Message = new PatronMessage { Body = "Hello.", Direction = MessageDirection.ToPatron } }, TestCall.Admin());

        await OtherRulesTests.RunAsync(register, RetentionRules.Messages, at);

        Assert.Equal(left, Count<PatronMessageRow>(register));
    }

    [Theory]
    [InlineData("2031-11-30T21:59:59Z", 2)]
    [InlineData("2031-11-30T22:00:00Z", 1)]
    public async Task R64_A_paid_fee_goes_five_years_later_and_an_open_one_stays(string at, int left)
    {
        await using var register = await StartAsync();
        await register.Core.Lane.WriteAsync(scope => scope.Db.AddRange(Fee(scope, "paid", scope.NowMs), Fee(scope, "open", null)));

        await OtherRulesTests.RunAsync(register, RetentionRules.SettledDebts, at);

        Assert.Equal(left, Count<FeeRow>(register));
    }

    private static async Task<TestRegister> StartAsync()
    {
        var register = await TestRegister.StartAsync();
        await register.PatronAsync(Patron, 1);
        return register;
    }

    private static BanRow Ban(WriteScope scope, string id, long? endAt) => new()
    {
        BanId = id,
        Consortium = scope.Consortium,
        PatronId = PatronId(scope.Db),
        Kind = (int)Protos.Types.V1.BanKind.Loan,
        StartAt = scope.NowMs - 1000,
        EndAt = endAt,
        DecidedBy = "test",
        CreatedAt = scope.NowMs,
        CreatedBy = "test",
    };

    private static FeeRow Fee(WriteScope scope, string id, long? settledAt) => new()
    {
        Consortium = scope.Consortium,
        FeeId = id,
        PatronId = PatronId(scope.Db),
        Kind = "late",
        Cents = settledAt is null ? 100 : 0,
        ChargedAt = scope.NowMs,
        SettledAt = settledAt,
    };

    private static long PatronId(RegisterDb db) => db.Set<Register.Patrons.PatronRow>().Select(row => row.PatronId).Single();

    private static int Count<T>(TestRegister register)
        where T : class
    {
        using var db = register.Core.Store.Read();
        return db.Set<T>().Count();
    }
}
