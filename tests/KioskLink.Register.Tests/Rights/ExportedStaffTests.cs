using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;
using KioskLink.Register.Circulation;
using KioskLink.Register.Disclosures;
using KioskLink.Register.Identity;
using KioskLink.Register.PatronNotices;
using KioskLink.Register.Patrons;
using KioskLink.Register.Staff;
using KioskLink.Register.Store;

namespace KioskLink.Register.Tests.Rights;

/// <summary>An export tells of staff the role and not who it was: they are other persons (R74).</summary>
public sealed class ExportedStaffTests
{
    private const string Name = "virkailija7";

    [Fact]
    public async Task R74_An_export_names_nobody_of_the_staff_and_tells_the_role()
    {
        await using var register = await TestRegister.StartAsync();
        await register.Core.Lane.WriteAsync(scope => { scope.Db.Add(Account(scope.Consortium)); });
        await register.PatronAsync("10001", 1);
        await ServeAsync(register, TestCall.Of(CallerRole.Librarian, Name));
        await register.Core.Lane.WriteAsync(scope => Rows(scope, PatronWriter.Find(scope.Db, scope.Consortium, "10001")!.PatronId));

        var export = await register.ExportAsync();

        var (json, html) = (export.DocumentJson.ToStringUtf8(), System.Net.WebUtility.HtmlDecode(export.DocumentHtml.ToStringUtf8()));
        Assert.DoesNotContain(Name, json, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Name, html, StringComparison.OrdinalIgnoreCase);
        Assert.All(
            ["updated_by", "by", "created_by", "lifted_by", "given_by", "withdrawn_by", "decided_by", "sent_by", "settled_by"],
            field => Assert.Contains($"\"{field}\": \"librarian\"", json, StringComparison.Ordinal));
        Assert.Contains("kirjastonhoitaja", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task R74_An_export_tells_a_certificate_s_holder_as_staff_and_the_patron_as_patron()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("10001", 1);
        await register.Core.Lane.WriteAsync(scope =>
        {
            var patron = PatronWriter.Find(scope.Db, scope.Consortium, "10001")!;
            scope.Db.Update(patron with { UpdatedBy = new Register.OwnData.OwnSession(patron.PatronId, 1, [], "desk").Actor });
        });

        var json = (await register.ExportAsync()).DocumentJson.ToStringUtf8();

        Assert.Contains("\"created_by\": \"staff\"", json, StringComparison.Ordinal);
        Assert.Contains("\"updated_by\": \"patron\"", json, StringComparison.Ordinal);
    }

    private static async Task ServeAsync(TestRegister register, TestCall staff)
    {
        var ban = new Ban { CustomerId = "10001", Kind = BanKind.Loan, ReasonCode = "other", Reason = "test", DecidedBy = "Head of the library" };
        await register.Bans.AddBan(new AddBanRequest { Ban = ban }, staff);
        await register.Bans.LiftBan(new LiftBanRequest { Reason = "over", PatronBans = new PatronBans { CustomerId = "10001", Kind = BanKind.Loan } }, staff);
        await register.Notes.AddNote(new AddNoteRequest { CustomerId = "10001", Note = new PatronNote { Body = "a note" } }, staff);
        await register.Notes.AddMessage(new AddMessageRequest { CustomerId = "10001", Message = new PatronMessage { Body = "a message", Direction = MessageDirection.ToPatron } }, staff);
        await register.Service<Register.Rights.DataSubjectService>().RectifySubject(
            new RectifySubjectRequest { CustomerId = "10001", Changes = { new FieldChange { Field = "surname", NewValue = "Mäntynen" } } }, staff);
    }

    private static StaffAccountRow Account(string consortium) => new()
    {
        Consortium = consortium,
        UserName = Name,
        NormalName = Name.ToUpperInvariant(),
        PersonName = "Ville Virkailija",
        Roles = RoleSet.Of(CallerRole.Librarian).Bits,
    };

    // What jobs and files make is put in as it is stored.
    private static void Rows(WriteScope scope, long patron)
    {
        var consortium = scope.Consortium;
        var disclosure = new DisclosureRow { Consortium = consortium, DisclosureId = "d1", Kind = (int)DisclosureKind.Collection, Fields = "name", CreatedBy = Name };
        scope.Db.Add(disclosure);
        scope.Db.SaveChanges();
        scope.Db.Add(new DisclosureSubjectRow { Consortium = consortium, PatronId = patron, DisclosureNumber = disclosure.DisclosureNumber });
        scope.Db.Add(new DisclosurePermissionRow { Consortium = consortium, PatronId = patron, Recipient = "r", Channel = "desk", GivenBy = Name, WithdrawnBy = Name, WithdrawnAt = 1 });
        scope.Db.Add(new ClaimDecisionRow { Consortium = consortium, PatronId = patron, Reason = "r", DecidedBy = Name });
        scope.Db.Add(new SentNoticeRow { NoticeId = "n1", Consortium = consortium, PatronId = patron, Kind = 1, Channel = 1, File = "f", SentBy = Name });
        scope.Db.Add(new ConflictRow { Consortium = consortium, ConflictId = "c1", Kind = ActKind.CheckIn, PatronId = patron, Reason = 1, SettledAt = 1, SettledBy = Name });
    }
}
