using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Identity;
using KioskLink.Register.Profiles;
using KioskLink.Register.Tests.Audit;
using KioskLink.Register.Tests.Running;

namespace KioskLink.Register.Tests.Identity;

/// <summary>Every call that touches personal data has a purpose of the profile's list (R6), and the log keeps it.</summary>
public sealed class PurposeTests
{
    private const string ListBans = "BanService/ListBans";

    [Fact]
    public async Task R6_The_purpose_that_a_caller_names_is_kept_with_the_call_and_none_means_the_call_s_own()
    {
        await using var register = await RunningRegister.StartAsync();
        var bans = new BanService.BanServiceClient(register.Admin);

        await bans.ListBansAsync(new ListBansRequest());
        await bans.ListBansAsync(new ListBansRequest(), AuditedCalls.For("loan-control"));

        Assert.Equal(["customer-service", "loan-control"], (await register.EventsAsync(ListBans)).Select(row => row.Purpose).Order());
    }

    [Fact]
    public async Task R6_An_unknown_purpose_is_an_invalid_argument_that_names_it_and_is_noted()
    {
        await using var register = await RunningRegister.StartAsync();
        var bans = new BanService.BanServiceClient(register.Admin);

        await Refusals.RefusedAsync(
            StatusCode.InvalidArgument, "`purpose`", async () => await bans.ListBansAsync(new ListBansRequest(), AuditedCalls.For("curiosity")));

        var row = Assert.Single(await register.EventsAsync(ListBans));
        Assert.Equal(("INVALID_ARGUMENT", "FIELD_INVALID purpose", ""), (row.Result, row.Reason, row.Purpose));
    }

    [Fact]
    public async Task R6_A_request_s_own_purpose_wins_over_the_metadata()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.ApplyBranchAsync();
        await register.AddPatronAsync(1);
        var patrons = new PatronService.PatronServiceClient(register.Admin);

        await patrons.GetPatronAsync(new GetPatronRequest { CustomerId = "c1", Purpose = "collection" }, AuditedCalls.For("statistics"));
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "`purpose`", async () =>
            await patrons.GetPatronAsync(new GetPatronRequest { CustomerId = "c1", Purpose = "curiosity" }, AuditedCalls.For("statistics")));

        Assert.Contains(await register.EventsAsync("PatronService/GetPatron"), row => row is { Purpose: "collection", Result: "OK" });
    }

    [Fact]
    public async Task R6_R42_What_a_node_s_machines_ask_of_patrons_is_noted_with_its_purpose()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.ApplyBranchAsync();
        await register.AddPatronAsync(1, "8317");
        var node = await register.EnrolAsync(Library.Branch);
        var loans = new LoanService.LoanServiceClient(register.ChannelOf(node.Certificate));

        await loans.GetPatronInformationAsync(Ask("a", DeviceRole.SelfCheck));
        await loans.GetPatronInformationAsync(Ask("b", DeviceRole.PcBooking));
        await loans.CheckInAsync(new CheckInRequest { Act = new Act { TransactionId = "t", DeviceId = "machine", DeviceRole = DeviceRole.SelfCheck }, ItemId = "i1" });

        await KioskLink.Testing.Patience.Until(async () => (await PurposesAsync()).SequenceEqual(["customer-service", "loan-control", "pc-booking"]), "every call is noted with its purpose");

        async Task<IEnumerable<string>> PurposesAsync() =>
            (await register.EventsAsync(_ => { })).Where(row => row.Role == "node").Select(row => row.Purpose).Order();

        static GetPatronInformationRequest Ask(string attempt, DeviceRole role) => new()
        {
            Borrower = new Borrower { CardNumber = Library.Card(1), Pin = Google.Protobuf.ByteString.CopyFromUtf8("8317") },
            DeviceId = "machine",
            DeviceRole = role,
            AttemptId = attempt,
        };
    }

    [Fact]
    public void R6_Every_profile_lists_the_purposes_of_its_document_and_every_call_s_own_purpose()
    {
        string[] all = ["customer-service", "loan-control", "collection", "self-service", "statistics"];
        Assert.All(ProfileReader.Shipped, name => Assert.Subset(ProfileReader.Load(name).Purposes.ToHashSet(), all.ToHashSet()));
        Assert.Superset(new HashSet<string> { "communication", "mobile-service", "authentication", "e-service", "pc-booking" }, ProfileReader.Load("helmet").Purposes.ToHashSet());
        Assert.DoesNotContain("communication", ProfileReader.Load("heili").Purposes);
        Assert.All(
            CallRights.All.Where(rule => rule.Purpose.Length > 0),
            rule => Assert.All(ProfileReader.Shipped, name => Assert.Contains(rule.Purpose, ProfileReader.Load(name).Purposes)));
    }
}
