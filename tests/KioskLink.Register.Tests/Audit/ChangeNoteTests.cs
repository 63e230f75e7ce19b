using System.Text.Json;
using Google.Protobuf;
using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Audit;
using KioskLink.Register.Store;
using KioskLink.Register.Tests.Running;
using KioskLink.Testing;
using Microsoft.Data.Sqlite;
using AuditService = KioskLink.Protos.Register.V1.AuditService;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Tests.Audit;

/// <summary>A change never stands without its row of the audit log (R42), whatever becomes of the log or of the register.</summary>
public sealed class ChangeNoteTests
{
    private const string Away = "ALTER TABLE audit RENAME TO audit_away";
    private const string Back = "ALTER TABLE audit_away RENAME TO audit";

    [Fact]
    public async Task R42_A_change_whose_row_cannot_be_written_is_not_answered_and_its_row_comes_as_soon_as_it_can()
    {
        await using var register = await LibraryAsync();
        Run(register, Away);

        foreach (var (action, call) in Changes(register))
            await RefusedAsync(action, call);

        var standing = Standing(register);
        Assert.Equal(Changes(register).Select(change => change.Action).Order(), standing.Select(entry => entry.Action).Order());
        Run(register, Back);
        await Patience.Until(() => Standing(register).Count == 0, "what stood for the rows is in the chain");
        foreach (var entry in standing)
        {
            var row = Assert.Single(await register.EventsAsync(entry.Action));
            Assert.Equal((entry.Actor, entry.Fields, entry.Purpose, AuditEntry.Ok), (row.Actor, row.Fields, row.Purpose, row.Result));
            Assert.Equal([entry.Action, .. entry.Subjects.Order().Cast<object>()], [row.Action, .. row.Subjects.Order().Cast<object>()]);
        }

        Assert.True((await new AuditService.AuditServiceClient(register.Admin).VerifyAsync(new VerifyRequest())).Whole);
    }

    [Fact]
    public async Task R42_What_a_stop_left_between_a_change_and_its_row_is_in_the_chain_once_after_the_next_start()
    {
        using var folder = new TempFolder();
        await using (var register = await LibraryAsync(folder))
        {
            Run(register, Away);
            foreach (var (action, call) in Changes(register))
                await RefusedAsync(action, call);
        }

        Run(folder, Back);
        IReadOnlyList<string> actions;
        await using (var register = await RunningRegister.StartAsync(folder: folder))
        {
            actions = [.. Changes(register).Select(change => change.Action)];
            foreach (var action in actions)
                Assert.Equal((AuditRecovery.Result, AuditRecovery.Interrupted), Assert.Single(await register.EventsAsync(action)) is var row ? (row.Result, row.Reason) : default);
        }

        await using var again = await RunningRegister.StartAsync(folder: folder);
        foreach (var action in actions)
            Assert.Single(await again.EventsAsync(action));
        Assert.True((await new AuditService.AuditServiceClient(again.Admin).VerifyAsync(new VerifyRequest())).Whole);
    }

    [Fact]
    public async Task R42_A_read_that_cannot_be_noted_is_refused()
    {
        await using var register = await LibraryAsync();
        Run(register, Away);

        await RefusedAsync("GetPatron", async () => await new PatronService.PatronServiceClient(register.Admin).GetPatronAsync(new GetPatronRequest { CustomerId = "c1" }));

        Assert.Empty(Standing(register));
    }

    [Fact]
    public async Task R42_A_refusal_and_a_row_behind_an_answer_that_cannot_be_written_are_kept_and_written_later()
    {
        await using var register = await LibraryAsync();
        var node = register.ChannelOf((await register.EnrolAsync(Library.Branch)).Certificate);
        Run(register, Away);

        await new LoanService.LoanServiceClient(node).GetLoanStatusAsync(new GetLoanStatusRequest
        {
            CardNumber = Library.Card(1),
            Pin = ByteString.CopyFromUtf8("8317"),
            AttemptId = "one",
            DeviceId = "machine",
            DeviceRole = DeviceRole.SelfCheck,
        });
        var admin = new PatronService.PatronServiceClient(register.Admin);
        await Refusals.RefusedAsync(StatusCode.NotFound, "patron", async () => await admin.GetPatronAsync(new GetPatronRequest { CustomerId = "nobody" }));
        Run(register, Back);

        await Patience.Until(() => Count(register, "LoanService/GetLoanStatus") == 1 && Count(register, "PatronService/GetPatron") == 1, "both rows are written");
    }

    [Fact]
    public async Task R42_Work_of_the_register_s_own_that_fails_half_way_has_its_row_too()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("10001", 1);
        var log = register.Service<AuditLog>();

        await Assert.ThrowsAsync<TimeoutException>(() => log.NotedAsync<bool>(
            subjects => AuditEntry.OfJob("work", "work/half", "customer-service") with { Subjects = subjects },
            async () =>
            {
                await register.Core.Lane.WriteAsync(scope => scope.About([7], "work"));
                throw new TimeoutException();
            }));

        using var db = register.Core.Store.Read();
        var row = Assert.Single(db.Set<AuditRow>().Where(row => row.Action == "work/half"));
        Assert.Equal(("7", "INTERNAL"), (row.Subjects, row.Result));
        Assert.Empty(db.Set<ChangeNoteRow>());
    }

    private static (string Action, Func<Task> Call)[] Changes(RunningRegister register)
    {
        var (patrons, cards, bans) = (new PatronService.PatronServiceClient(register.Admin), new CardService.CardServiceClient(register.Admin), new BanService.BanServiceClient(register.Admin));
        var (notes, rights) = (new PatronNoteService.PatronNoteServiceClient(register.Admin), new DataSubjectService.DataSubjectServiceClient(register.Admin));
        return
        [
            ("PatronService/UpsertPatron", async () => await patrons.UpsertPatronAsync(new UpsertPatronRequest { Patron = Person("1001") })),
            ("CardService/IssueCard", async () => await cards.IssueCardAsync(new IssueCardRequest { CustomerId = "c2", Card = new Card { CardNumber = Library.Card(77) } })),
            ("CardService/ReportCardLost", async () => await cards.ReportCardLostAsync(new ReportCardLostRequest { CardNumber = Library.Card(1) })),
            ("CardService/LockPin", async () => await cards.LockPinAsync(new LockPinRequest { CardNumber = Library.Card(1), Reason = "asked" })),
            ("BanService/AddBan", async () => await bans.AddBanAsync(new AddBanRequest
            {
                Ban = new Ban { CustomerId = "c1", Kind = Wire.BanKind.SelfService, ReasonCode = "damage", EndTime = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(Library.Now.AddDays(7)) },
            })),
            ("PatronNoteService/AddNote", async () => await notes.AddNoteAsync(new AddNoteRequest { CustomerId = "c1", Note = new PatronNote { Body = "an umbrella" } })),
            ("PatronNoteService/AddMessage", async () => await notes.AddMessageAsync(new AddMessageRequest
            {
                CustomerId = "c1",
                Message = new PatronMessage { Body = "it waits", Direction = MessageDirection.ToPatron },
            })),
            ("PermissionService/SetPermission", async () => await new PermissionService.PermissionServiceClient(register.Admin).SetPermissionAsync(
                new SetPermissionRequest { CustomerId = "c1", TermsAcceptedOn = "2026-02-01" })),
            ("ConsentService/RecordConsent", async () => await new ConsentService.ConsentServiceClient(register.Admin).RecordConsentAsync(new RecordConsentRequest
            {
                Consent = new Consent { CustomerId = "c1", Kind = ConsentKind.LoanHistory, Act = ConsentAct.Given, Channel = ConsentChannel.Desk },
            })),
            ("DataSubjectService/OpenRequest", async () => await rights.OpenRequestAsync(
                new OpenRequestRequest { CustomerId = "c1", Kind = RequestKind.Inspect, Channel = "desk", IdentifiedBy = "in-person-id-document" })),
            ("DataSubjectService/SetLegalHold", async () => await rights.SetLegalHoldAsync(new SetLegalHoldRequest { CustomerId = "c1", Reference = "case 1" })),
            ("StaffService/CreateAccount", async () =>
            {
                var account = new CreateAccountRequest { UserName = "maija", PersonName = "Maija Testi" };
                account.Roles.Add(StaffRole.Librarian);
                await new StaffService.StaffServiceClient(register.Admin).CreateAccountAsync(account);
            }),
        ];
    }

    private static async Task<RunningRegister> LibraryAsync(TempFolder? folder = null)
    {
        var register = await RunningRegister.StartAsync(folder: folder);
        await register.ApplyBranchAsync();
        await register.AddPatronAsync(1, pin: "8317");
        await register.AddPatronAsync(2);
        return register;
    }

    private static Patron Person(string customerId) => new()
    {
        CustomerId = customerId,
        Surname = "Testinen",
        FirstNames = "Aino",
        DateOfBirth = "1980-01-31",
        Group = "adult",
        Language = Wire.Language.Fi,
    };

    private static async Task RefusedAsync(string action, Func<Task> call)
    {
        var refusal = await Assert.ThrowsAsync<RpcException>(call);
        Assert.Equal((action, StatusCode.Unavailable, "AUDIT_FAILED"), (action, refusal.StatusCode, refusal.Trailers.GetValue(Register.Identity.Refused.ReasonTrailer)));
    }

    private static List<AuditEntry> Standing(RunningRegister register)
    {
        using var db = register.Core.Store.Read();
        return [.. db.Set<ChangeNoteRow>().AsEnumerable().Select(row => JsonSerializer.Deserialize<AuditEntry>(row.Entry)!)];
    }

    private static int Count(RunningRegister register, string action)
    {
        using var db = register.Core.Store.Read();
        return db.Set<AuditRow>().Count(row => row.Action == action);
    }

    private static void Run(RunningRegister register, string sql) => Run(register.Core.Store.Folder, sql);

    private static void Run(TempFolder folder, string sql) => Run(folder["register"], sql);

    private static void Run(string folder, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, RegisterStore.FileName)};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA busy_timeout = 5000; " + sql;
        command.ExecuteNonQuery();
    }
}
