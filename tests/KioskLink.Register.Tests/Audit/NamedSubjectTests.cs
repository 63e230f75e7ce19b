using Google.Protobuf;
using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Tests.Running;
using KioskLink.Testing;

namespace KioskLink.Register.Tests.Audit;

/// <summary>A row of the log names the person whose data was touched, so that listing by person and the person's export show it (R42, R74).</summary>
public sealed class NamedSubjectTests
{
    private const string File = """
        customer_id,card_number,pin,surname,first_names,date_of_birth,identity_code,language,group,home_branch,card_expires_on,terms_accepted_on
        1,,,Koivunen,Aino,1990-05-01,,fi,adult,,,
        2,,,Koivunen,Eino,1991-05-01,,fi,adult,,,

        """;

    [Fact]
    public async Task R42_Every_call_about_a_request_of_a_person_names_the_person()
    {
        await using var register = await RunningRegister.StartAsync();
        var person = (await register.AddPatronAsync(1)).PatronId;
        var rights = new DataSubjectService.DataSubjectServiceClient(register.Admin);

        var id = (await rights.OpenRequestAsync(new OpenRequestRequest { CustomerId = "c1", Kind = RequestKind.Erase, Channel = "desk" })).Request.Id;
        await rights.ProveIdentityAsync(new ProveIdentityRequest { RequestId = id, IdentifiedBy = "in-person-id-document" });
        await rights.ExtendRequestAsync(new ExtendRequestRequest { RequestId = id, Months = 1, Reason = "many systems" });
        await rights.GetRequestAsync(new GetRequestRequest { RequestId = id });
        await rights.ListRequestsAsync(new ListRequestsRequest());
        await rights.SetLegalHoldAsync(new SetLegalHoldRequest { CustomerId = "c1", Reference = "police 5560/R/1/26" });
        await rights.RefuseRequestAsync(new RefuseRequestRequest { RequestId = id, Reason = "held" });
        await rights.GetCertificateAsync(new GetCertificateRequest { RequestId = id });

        foreach (var call in new[] { "OpenRequest", "ProveIdentity", "ExtendRequest", "GetRequest", "ListRequests", "SetLegalHold", "RefuseRequest", "GetCertificate" })
        {
            var row = Assert.Single(await register.EventsAsync($"DataSubjectService/{call}"));
            Assert.Equal((call, person), (call, Assert.Single(row.Subjects)));
        }
    }

    [Fact]
    public async Task R42_A_list_of_attempts_names_those_whose_cards_are_in_it()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.ApplyBranchAsync();
        var person = (await register.AddPatronAsync(1)).PatronId;
        var access = new AccessService.AccessServiceClient(register.ChannelOf((await register.EnrolAsync(Library.Branch)).Certificate));
        await access.AuthorizeEntryAsync(new AuthorizeEntryRequest { DoorId = "front", CardNumber = Library.Card(1), AttemptId = "one", DeviceId = "reader" });
        var admin = new AccessService.AccessServiceClient(register.Admin);

        await Patience.Until(async () => (await admin.ListAttemptsAsync(new ListAttemptsRequest())).Attempts.Count > 0, "the attempt is written");

        Assert.Equal([person], (await register.EventsAsync("AccessService/ListAttempts"))[0].Subjects);
    }

    [Fact]
    public async Task R42_An_import_names_whom_it_stored()
    {
        await using var register = await RunningRegister.StartAsync();
        using var call = new PatronService.PatronServiceClient(register.Admin).ImportPatrons();
        await call.RequestStream.WriteAsync(new ImportPatronsRequest { Start = new ImportStart { ImportId = "named" } });
        await call.RequestStream.WriteAsync(new ImportPatronsRequest
        {
            Chunk = ByteString.CopyFromUtf8(File),
        });
        await call.RequestStream.CompleteAsync();
        await foreach (var _ in call.ResponseStream.ReadAllAsync())
        {
        }

        using var db = register.Core.Store.Read();
        var stored = db.Set<KioskLink.Register.Patrons.PatronRow>().Select(row => row.PatronId).ToList();
        Assert.Equal(2, stored.Count);
        Assert.Equal(stored, (await register.EventsAsync("PatronService/ImportPatrons")).SelectMany(row => row.Subjects).Order());
    }
}
