using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Identity;
using KioskLink.Register.Tests.Applications;
using KioskLink.Register.Tests.PatronNotices;

namespace KioskLink.Register.Tests.Rights;

/// <summary>Only a request of the person makes or ends a restriction, and staff writes nothing about a restricted person (R76).</summary>
public sealed class RestrictedWritingTests
{
    private static TestCall Librarian => TestCall.Of(CallerRole.Librarian, "librarian");

    [Fact]
    public async Task R76_Storing_a_patron_does_not_make_a_restriction()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);
        var patron = new Patron { CustomerId = "10001", Surname = "Koivunen", DateOfBirth = "1990-05-01", Group = "adult", TermsAcceptedOn = "2026-01-01", Restricted = true };

        var stored = (await register.Patrons.UpsertPatron(new UpsertPatronRequest { Patron = patron }, Librarian)).Patron;

        Assert.False(stored.Restricted);
        Assert.True((await register.EnterAsync(card)).Granted);
    }

    [Fact]
    public async Task R76_An_application_changes_nothing_of_a_restricted_person()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("10001", 1, patron => (patron.IdentityCode, patron.DateOfBirth) = (ApplicationDesk.Code, ApplicationDesk.Born));
        await register.RestrictAsync("10001");
        var desk = new ApplicationDesk(register);
        var queued = await desk.RunAsync(ApplicationDesk.Adult());

        await Refusals.RefusedAsync(
            StatusCode.PermissionDenied, "PATRON_RESTRICTED", () => desk.DecideAsync(queued.Id, decision => decision.CustomerId = "10001"));

        Assert.Equal("Koivunen", (await desk.PatronAsync("10001")).Surname);
    }

    [Fact]
    public async Task R26_R34_R76_No_answer_of_a_writing_call_shows_what_is_restricted()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("10001", 1, patron => (patron.IdentityCode, patron.DateOfBirth) = (ApplicationDesk.Code, ApplicationDesk.Born));
        var note = (await register.Notes.AddNote(new AddNoteRequest { CustomerId = "10001", Note = new PatronNote { Body = "Owes an umbrella.", Unsettled = true } }, Librarian)).Note;
        await register.RestrictAsync("10001");
        var desk = new ApplicationDesk(register);

        var queued = await desk.RunAsync(ApplicationDesk.Adult());

        Assert.Equal(new Application { Id = queued.Id, State = ApplicationState.Queued, QueueReason = QueueReason.PatronRestricted }, queued);
        await HeldBackAsync(() => register.Notes.SettleNote(new SettleNoteRequest { CustomerId = "10001", NoteId = note.NoteId }, Librarian));
        await HeldBackAsync(() => register.Consents.RecordConsent(
            new RecordConsentRequest { Consent = new Consent { CustomerId = "10001", Kind = ConsentKind.Terms, Act = ConsentAct.Given } }, Librarian));
        await HeldBackAsync(() => desk.Service.RejectApplication(new RejectApplicationRequest { Id = queued.Id, Reason = "withdrawn" }, Librarian));
        var officer = TestCall.Of(CallerRole.DataProtectionOfficer, "officer");
        Assert.Equal("Mallinen", (await desk.Service.RejectApplication(new RejectApplicationRequest { Id = queued.Id, Reason = "withdrawn" }, officer)).Application.Applicant.Surname);
    }

    [Fact]
    public async Task R76_Nothing_is_written_into_a_restricted_person_s_messages_and_notes_but_by_the_officer()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("10001", 1);
        var told = new AddMessageRequest { CustomerId = "10001", Message = new PatronMessage { Body = "Call back.", Direction = MessageDirection.ToPatron } };
        var noted = new AddNoteRequest { CustomerId = "10001", Note = new PatronNote { Body = "Owes an umbrella.", Unsettled = true } };
        var there = (await register.Notes.AddMessage(told, Librarian)).Message.MessageId;
        await register.RestrictAsync("10001");
        var refused = TestCall.Of(CallerRole.Librarian, "librarian");

        await HeldBackAsync(() => register.Notes.AddMessage(told, refused));
        await HeldBackAsync(() => register.Notes.AddNote(noted, Librarian));
        await HeldBackAsync(() => register.Notes.RemoveMessage(new RemoveMessageRequest { CustomerId = "10001", MessageId = there, Reason = "old" }, Librarian));

        var officer = TestCall.Of(CallerRole.DataProtectionOfficer, "officer");
        Assert.Equal(there, Assert.Single((await register.Notes.ListMessages(new ListMessagesRequest { CustomerId = "10001" }, officer)).Messages).MessageId);
        Assert.Empty((await register.Notes.ListNotes(new ListNotesRequest { CustomerId = "10001" }, officer)).Notes);
        Assert.Single(Register.Audit.CallAuditContext.Audit(refused).Subjects);
    }

    private static Task HeldBackAsync(Func<Task> call) => Refusals.RefusedAsync(StatusCode.PermissionDenied, "PATRON_RESTRICTED", call);

    [Theory]
    [InlineData(NoticeKind.Overdue)]
    [InlineData(NoticeKind.Invoice)]
    public async Task R76_No_notice_shows_a_librarian_the_address_of_a_restricted_person(NoticeKind kind)
    {
        await using var room = await NoticeRoom.StartAsync();
        await room.Register.RestrictAsync(NoticeRoom.Customer);

        await Refusals.RefusedAsync(StatusCode.PermissionDenied, "PATRON_RESTRICTED", () => room.RenderAsync(NoticeRoom.Notice(kind)));
        Assert.Equal(kind, (await room.SendAsync(NoticeRoom.Notice(kind))).Sent.Kind);
    }
}
