using System.Text.Json;
using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Audit;
using KioskLink.Register.Identity;
using KioskLink.Register.Tests.Identity;
using KioskLink.Register.Tests.Running;
using KioskLink.Testing;
using AuditService = KioskLink.Protos.Register.V1.AuditService;

namespace KioskLink.Register.Tests.Audit;

/// <summary>Who read or changed what stands in the log (R42): nothing less, and no name, card or identity code.</summary>
public sealed class AuditTests
{
    private const string GetPatron = "PatronService/GetPatron";

    [Fact]
    public async Task R42_N_reads_leave_N_rows_also_when_they_are_refused()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.ApplyBranchAsync();
        var card = await register.AddPatronAsync(1);
        var node = new PatronService.PatronServiceClient(register.ChannelOf((await register.EnrolAsync(Library.Branch)).Certificate));
        var admin = new PatronService.PatronServiceClient(register.Admin);

        for (var read = 0; read < 3; read++)
            await admin.GetPatronAsync(new GetPatronRequest { CustomerId = "c1" });
        for (var read = 0; read < 2; read++)
            await Refusals.RefusedAsync(StatusCode.NotFound, "patron", async () => await admin.GetPatronAsync(new GetPatronRequest { CustomerId = "nobody" }));
        for (var read = 0; read < 4; read++)
            await Refusals.RefusedAsync(StatusCode.PermissionDenied, "ROLE", async () => await node.GetPatronAsync(new GetPatronRequest { CustomerId = "c1" }));

        await Patience.Until(async () => (await register.EventsAsync(GetPatron)).Count >= 9, "the refused reads of the node are noted");
        var events = await register.EventsAsync(GetPatron);
        Assert.Equal(9, events.Count);
        Assert.Equal(3, events.Count(row => row is { Actor: RunningRegister.Administrator, Role: "administrator", Result: "OK", Fields: "core", Purpose: "customer-service" }
            && row.Subjects.SequenceEqual([card.PatronId]) && row.Device == "ipv4:127.0.0.1"));
        Assert.Equal(2, events.Count(row => row is { Result: "NOT_FOUND", Reason: "NOT_FOUND" }));
        Assert.Equal(4, events.Count(row => row is { Actor: "front", Role: "node", Result: "PERMISSION_DENIED", Reason: "ROLE_NOT_ALLOWED" }));
        Assert.True((await new AuditService.AuditServiceClient(register.Admin).VerifyAsync(new VerifyRequest())).Whole);
    }

    [Fact]
    public async Task R42_Every_call_that_the_table_of_rights_has_noted_leaves_a_row_whatever_becomes_of_it()
    {
        await using var register = await RunningRegister.StartAsync();
        var noted = CallRights.All
            .Where(rule => rule.Audit is AuditKind.Person or AuditKind.Everybody && rule.Roles.Has(CallerRole.Administrator))
            .Select(rule => rule.Method)
            .ToList();
        Assert.True(noted.Count >= 15);

        foreach (var method in noted)
        {
            var action = CallEntry.ActionOf(method);
            var before = Count(register, action);
            await EveryCall.AskAsync(register.Admin, method);
            Assert.Equal((action, before + 1), (action, Count(register, action)));
        }
    }

    [Fact]
    public async Task R42_A_caller_whom_nobody_knows_is_noted_and_cannot_fill_the_disk()
    {
        var time = new VirtualTime();
        await using var register = await RunningRegister.StartAsync(time);
        var nobody = register.ChannelOf(null);

        for (var knock = 0; knock < DenialBudget.RowsMax + 40; knock++)
            await EveryCall.AskAsync(nobody, "/kiosklink.register.v1.PatronService/GetPatron");
        time.Advance(DenialBudget.Window);
        await EveryCall.AskAsync(nobody, "/kiosklink.register.v1.PatronService/GetPatron");

        await Patience.Until(() => Count(register, "refused") == 1 && Count(register, GetPatron) == DenialBudget.RowsMax + 1, "the knocks are noted");
        var gathered = Assert.Single(await register.EventsAsync("refused"));
        Assert.Equal((40, "", "GATHERED"), (gathered.Calls, gathered.Actor, gathered.Reason));
    }

    [Fact]
    public async Task R42_A_door_s_decisions_are_noted_in_one_row_a_batch_and_a_node_s_question_about_its_branch_in_none()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.ApplyBranchAsync();
        var node = await register.EnrolAsync(Library.Branch);
        var channel = register.ChannelOf(node.Certificate);
        await new BranchService.BranchServiceClient(channel).GetBranchAsync(new GetBranchRequest());
        var access = new AccessService.AccessServiceClient(channel);

        for (var attempt = 0; attempt < 3; attempt++)
        {
            await access.AuthorizeEntryAsync(new AuthorizeEntryRequest
            {
                DoorId = "front",
                CardNumber = Library.Card(5),
                AttemptId = $"attempt-{attempt}",
                DeviceId = "reader",
            });
        }

        await Patience.Until(async () => (await register.EventsAsync(DecisionDigest.Action)).Sum(row => row.Calls) == 3, "the decisions are noted");
        Assert.All(await register.EventsAsync(DecisionDigest.Action), row => Assert.Equal(("front", "node", "self-service"), (row.Actor, row.Role, row.Purpose)));
        Assert.Empty(await register.EventsAsync("BranchService/GetBranch"));
        Assert.Equal(3, (await new AuditService.AuditServiceClient(register.Admin).VerifyAsync(new VerifyRequest())).Decisions);
    }

    [Fact]
    public async Task R42_Rows_are_found_by_actor_subject_action_and_time_page_by_page()
    {
        var time = new VirtualTime();
        await using var register = await RunningRegister.StartAsync(time);
        await register.ApplyBranchAsync();
        var (first, second) = (await register.AddPatronAsync(1), await register.AddPatronAsync(2));
        var admin = new PatronService.PatronServiceClient(register.Admin);
        for (var read = 0; read < 5; read++)
            await admin.GetPatronAsync(new GetPatronRequest { CustomerId = "c1" });
        time.Advance(TimeSpan.FromHours(1));
        var later = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(time.GetUtcNow());
        await admin.GetPatronAsync(new GetPatronRequest { CustomerId = "c2" });
        await register.Part<AuditLog>().NoteAsync(AuditEntry.OfJob("retention", "retention/purge", "customer-service"));

        Assert.Equal(5, (await register.EventsAsync(request => request.CustomerId = "c1")).Count(row => row.Action == GetPatron));
        Assert.Single(await register.EventsAsync(request => (request.Patron, request.Action) = (second.PatronId, GetPatron)));
        Assert.Single(await register.EventsAsync(request => (request.FromTime, request.Action) = (later, GetPatron)));
        Assert.Equal(5, (await register.EventsAsync(request => (request.UntilTime, request.Action) = (later, GetPatron))).Count);
        Assert.Equal("system", Assert.Single(await register.EventsAsync(request => request.Actor = "retention")).Role);

        var service = new AuditService.AuditServiceClient(register.Admin);
        var page = await service.ListEventsAsync(new ListEventsRequest { Patron = first.PatronId, Action = GetPatron, PageSize = 3 });
        var next = await service.ListEventsAsync(new ListEventsRequest { Patron = first.PatronId, Action = GetPatron, PageSize = 3, PageToken = page.NextPageToken });
        Assert.Equal((3, 2, ""), (page.Events.Count, next.Events.Count, next.NextPageToken));
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "page_token", async () => await service.ListEventsAsync(new ListEventsRequest { PageToken = "x" }));
        await Refusals.RefusedAsync(
            StatusCode.InvalidArgument, "until_time", async () => await service.ListEventsAsync(new ListEventsRequest { FromTime = later, UntilTime = later }));
    }

    [Fact]
    public async Task R42_No_row_holds_a_name_a_card_number_or_an_identity_code()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.ApplyBranchAsync();
        var patrons = new PatronService.PatronServiceClient(register.Admin);
        var cards = new CardService.CardServiceClient(register.Admin);
        await patrons.UpsertPatronAsync(new UpsertPatronRequest
        {
            Patron = new Patron
            {
                CustomerId = "1001",
                Surname = "Sentinelli",
                FirstNames = "Aino",
                DateOfBirth = "1980-01-31",
                IdentityCode = "310180-999N",
                Group = "adult",
                Language = KioskLink.Protos.Types.V1.Language.Fi,
            },
        });
        await cards.IssueCardAsync(new IssueCardRequest { CustomerId = "1001", Card = new Card { CardNumber = Library.Card(7) } });
        await patrons.GetPatronAsync(new GetPatronRequest { CardNumber = Library.Card(7) });
        await Assert.ThrowsAsync<RpcException>(async () => await cards.ReportCardLostAsync(new ReportCardLostRequest { CardNumber = Library.Card(8) }));

        using var db = register.Core.Store.Read();
        var rows = JsonSerializer.Serialize(db.Set<AuditRow>().ToList());
        Assert.Equal(4, db.Set<AuditRow>().Count(row => row.Action.StartsWith("PatronService") || row.Action.StartsWith("CardService")));
        Assert.All(["Sentinelli", "Aino", "310180", Library.Card(7), Library.Card(8)], secret => Assert.DoesNotContain(secret, rows, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_impossible_value_is_refused_with_its_field_changes_nothing_and_is_recorded()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.ApplyBranchAsync();
        await register.AddPatronAsync(1);
        var head = register.Core.Log.Head;
        var bans = new BanService.BanServiceClient(register.Admin);
        var past = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow().AddDays(-1));

        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "ban.end_time", async () => await bans.AddBanAsync(new AddBanRequest
        {
            Ban = new Ban { CustomerId = "c1", Kind = KioskLink.Protos.Types.V1.BanKind.Loan, ReasonCode = "damage", EndTime = past },
        }));

        var row = Assert.Single(await register.EventsAsync("BanService/AddBan"));
        Assert.Equal((RunningRegister.Administrator, "INVALID_ARGUMENT", "FIELD_INVALID ban.end_time"), (row.Actor, row.Result, row.Reason));
        Assert.Equal(head, register.Core.Log.Head);
    }

    [Fact]
    public async Task A_device_that_names_itself_stands_in_the_row_and_a_name_with_odd_letters_does_not()
    {
        await using var register = await RunningRegister.StartAsync();
        await EveryCallAsync(register, "desk-3");
        await EveryCallAsync(register, "Aino Sentinelli, 310180-999J");

        Assert.Equal(["desk-3", "ipv4:127.0.0.1"], (await register.EventsAsync("BanService/ListBans")).Select(row => row.Device).Order());
    }

    private static async Task EveryCallAsync(RunningRegister register, string device) =>
        await new BanService.BanServiceClient(register.Admin).ListBansAsync(new ListBansRequest(), new Metadata { { CallEntry.DeviceMetadata, device } });

    private static int Count(RunningRegister register, string action)
    {
        using var db = register.Core.Store.Read();
        return db.Set<AuditRow>().Count(row => row.Action == action);
    }
}
