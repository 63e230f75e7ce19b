using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Tests.Patrons;

namespace KioskLink.Register.Tests.PatronNotes;

/// <summary>Messages to and about patrons, and notes of what is unsettled.</summary>
public sealed class PatronNoteTests
{
    [Fact]
    public async Task R21_Messages_to_and_about_a_patron_are_stored_listed_and_removed()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("1", 1);
        await register.PatronAsync("2", 2);
        var to = await MessageAsync(register, MessageDirection.ToPatron, "Your umbrella waits\nat the desk.");
        await MessageAsync(register, MessageDirection.AboutPatron, "Prefers mornings.");

        var listed = await register.Notes.ListMessages(new ListMessagesRequest { CustomerId = "1" }, TestCall.Admin());

        Assert.Equal(["Prefers mornings.", "Your umbrella waits\nat the desk."], listed.Messages.Select(message => message.Body));
        Assert.Equal((to, "admin"), (listed.Messages[1], listed.Messages[1].CreatedBy));
        Assert.False((await RemoveAsync("2")).Removed);
        Assert.True((await RemoveAsync("1")).Removed);
        Assert.False((await RemoveAsync("1")).Removed);
        Assert.Single((await register.Notes.ListMessages(new ListMessagesRequest { CustomerId = "1" }, TestCall.Admin())).Messages);

        Task<RemoveMessageResponse> RemoveAsync(string customerId) =>
            register.Notes.RemoveMessage(new RemoveMessageRequest { CustomerId = customerId, MessageId = to.MessageId, Reason = "The umbrella was fetched." }, TestCall.Admin());
    }

    [Fact]
    public async Task R21_Why_a_message_was_removed_or_a_pin_locked_stays_as_a_note_that_leaves_nothing_unsettled()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("1", 1);
        var message = await MessageAsync(register, MessageDirection.ToPatron, "Your umbrella waits.");
        await register.Notes.RemoveMessage(new RemoveMessageRequest { CustomerId = "1", MessageId = message.MessageId, Reason = "Fetched" }, TestCall.Admin());
        await register.Notes.RemoveMessage(new RemoveMessageRequest { CustomerId = "1", MessageId = message.MessageId, Reason = "Fetched again" }, TestCall.Admin());
        await register.Cards.LockPin(new LockPinRequest { CardNumber = TestRegister.CardNumber(1), Reason = "Seen by others" }, TestCall.Admin("locker"));

        var notes = (await register.Notes.ListNotes(new ListNotesRequest { CustomerId = "1" }, TestCall.Admin())).Notes;

        Assert.Equal([("pin-locked", "Seen by others", "locker"), ("message-removed", "Fetched", "admin")], notes.Select(note => (note.Deed, note.Body, note.CreatedBy)));
        Assert.False((await register.GetAsync("1")).HasUnsettled);
    }

    [Fact]
    public async Task R26_An_unsettled_note_marks_the_patron_until_it_is_settled()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("1", 1);
        await NoteAsync(register, unsettled: false);
        Assert.False((await register.GetAsync("1")).HasUnsettled);
        var note = await NoteAsync(register, unsettled: true);
        Assert.True((await register.GetAsync("1")).HasUnsettled);

        var settled = (await SettleAsync()).Note;

        Assert.Equal((false, "admin"), (settled.Unsettled, settled.SettledBy));
        Assert.Equal(settled, (await SettleAsync()).Note);
        Assert.False((await register.GetAsync("1")).HasUnsettled);
        await register.PatronAsync("1", 1, patron => patron.FeesCents = 1);
        Assert.True((await register.GetAsync("1")).HasUnsettled);
        Assert.Empty((await register.Notes.ListNotes(new ListNotesRequest { CustomerId = "1", UnsettledOnly = true }, TestCall.Admin())).Notes);
        Assert.Equal(2, (await register.Notes.ListNotes(new ListNotesRequest { CustomerId = "1" }, TestCall.Admin())).Notes.Count);

        Task<SettleNoteResponse> SettleAsync() => register.Notes.SettleNote(new SettleNoteRequest { CustomerId = "1", NoteId = note.NoteId }, TestCall.Admin());
    }

    [Fact]
    public async Task Each_impossible_value_names_its_field()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("1", 1);

        await WrongAsync("message.direction", () => MessageAsync(register, MessageDirection.Unspecified, "a"));
        await WrongAsync("message.body", () => MessageAsync(register, MessageDirection.ToPatron, " \n "));
        await WrongAsync("message.body", () => MessageAsync(register, MessageDirection.ToPatron, new string('x', 2001)));
        await WrongAsync("message.body", () => MessageAsync(register, MessageDirection.ToPatron, "\u001b[2J"));
        await WrongAsync("message_id", () => register.Notes.RemoveMessage(new RemoveMessageRequest { CustomerId = "1", MessageId = "x", Reason = "old" }, TestCall.Admin()));
        await WrongAsync("reason", () => register.Notes.RemoveMessage(new RemoveMessageRequest { CustomerId = "1", MessageId = "1", Reason = " " }, TestCall.Admin()));
        await WrongAsync("note_id", () => register.Notes.SettleNote(new SettleNoteRequest { CustomerId = "1" }, TestCall.Admin()));
        await WrongAsync("page_size", () => register.Notes.ListNotes(new ListNotesRequest { CustomerId = "1", PageSize = -1 }, TestCall.Admin()));
        await WrongAsync("page_token", () => register.Notes.ListMessages(new ListMessagesRequest { CustomerId = "1", PageToken = "x" }, TestCall.Admin()));
        await Refusals.RefusedAsync(StatusCode.NotFound, "note", () => register.Notes.SettleNote(new SettleNoteRequest { CustomerId = "1", NoteId = "9" }, TestCall.Admin()));
    }

    private static Task WrongAsync(string field, Func<Task> call) => Refusals.RefusedAsync(StatusCode.InvalidArgument, $"`{field}`", call);

    private static async Task<PatronMessage> MessageAsync(TestRegister register, MessageDirection direction, string body) =>
        (await register.Notes.AddMessage(
            new AddMessageRequest { CustomerId = "1", Message = new PatronMessage { Direction = direction, Body = body } }, TestCall.Admin())).Message;

    private static async Task<PatronNote> NoteAsync(TestRegister register, bool unsettled) =>
        (await register.Notes.AddNote(
            new AddNoteRequest { CustomerId = "1", Note = new PatronNote { Body = "Owes an umbrella.", Unsettled = unsettled } }, TestCall.Admin())).Note;
}
