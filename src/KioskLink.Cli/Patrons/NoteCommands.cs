using System.CommandLine;
using System.Text.Json.Nodes;
using KioskLink.Cli.Connecting;
using KioskLink.Cli.Output;
using KioskLink.Protos.Register.V1;
using Spectre.Console.Rendering;

namespace KioskLink.Cli.Patrons;

/// <summary><c>patron note|message</c>: notes of unsettled matters, and messages to and about a patron.</summary>
internal static class NoteCommands
{
    public static Command CreateNote(Session session) =>
        new("note", "Notes about a patron; one that is unsettled keeps the patron from being deleted.") { AddNote(session), SettleNote(session), ListNotes(session) };

    public static Command CreateMessage(Session session) =>
        new("message", "Messages to a patron, and about one.") { AddMessage(session), RemoveMessage(session), ListMessages(session) };

    private static Command AddNote(Session session)
    {
        var (customer, text) = (Customer(), new Argument<string>("TEXT") { Description = "The note. Write -, and it is asked for: so it stands in no list of processes." });
        var unsettled = new Option<bool>("--unsettled") { Description = "Its matter is to be settled." };
        var command = new Command("add", "Add a note.") { customer, text, unsettled };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var note = new PatronNote { Body = session.Terminal.OfPerson(parsed.GetRequiredValue(text), "note"), Unsettled = parsed.GetValue(unsettled) };
            var added = await register.PatronNotes.AddNoteAsync(new AddNoteRequest { CustomerId = parsed.GetRequiredValue(customer), Note = note }, register.Bounded(stop));
            return new Answer(ProtoJson.Of(added.Note), Notes([added.Note]));
        });
        return command;
    }

    private static Command SettleNote(Session session)
    {
        var (customer, id) = (Customer(), new Argument<string>("ID") { Description = "The note's id." });
        var command = new Command("settle", "Say that a note's matter is settled.") { customer, id };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var request = new SettleNoteRequest { CustomerId = parsed.GetRequiredValue(customer), NoteId = parsed.GetRequiredValue(id) };
            var settled = await register.PatronNotes.SettleNoteAsync(request, register.Bounded(stop));
            return new Answer(ProtoJson.Of(settled.Note), Notes([settled.Note]));
        });
        return command;
    }

    private static Command ListNotes(Session session)
    {
        var customer = Customer();
        var unsettled = new Option<bool>("--unsettled") { Description = "Only those whose matter is to be settled." };
        var command = new Command("list", "List notes, newest first.") { customer, unsettled };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var notes = await RegisterConnection.All<PatronNote>(async token =>
            {
                var request = new ListNotesRequest { CustomerId = parsed.GetRequiredValue(customer), UnsettledOnly = parsed.GetValue(unsettled), PageToken = token };
                var page = await register.PatronNotes.ListNotesAsync(request, register.Bounded(stop));
                return (page.Notes, page.NextPageToken);
            });
            return new Answer(new JsonObject { ["notes"] = ProtoJson.Of(notes) }, Notes(notes));
        });
        return command;
    }

    private static Command AddMessage(Session session)
    {
        var (customer, text) = (Customer(), new Argument<string>("TEXT") { Description = "The message. Write -, and it is asked for: so it stands in no list of processes." });
        var about = new Option<bool>("--about") { Description = "About the patron, for staff; without it the patron reads it in the own view." };
        var command = new Command("add", "Add a message.") { customer, text, about };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var message = new PatronMessage
            {
                Body = session.Terminal.OfPerson(parsed.GetRequiredValue(text), "message"),
                Direction = parsed.GetValue(about) ? MessageDirection.AboutPatron : MessageDirection.ToPatron,
            };
            var request = new AddMessageRequest { CustomerId = parsed.GetRequiredValue(customer), Message = message };
            var added = await register.PatronNotes.AddMessageAsync(request, register.Bounded(stop));
            return new Answer(ProtoJson.Of(added.Message), Messages([added.Message]));
        });
        return command;
    }

    private static Command RemoveMessage(Session session)
    {
        var (customer, id) = (Customer(), new Argument<string>("ID") { Description = "The message's id." });
        var reason = new Option<string>("--reason") { Description = "Why; it is kept as a note about the patron.", HelpName = "TEXT", Required = true };
        var command = new Command("remove", "Remove a message.") { customer, id, reason };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var request = new RemoveMessageRequest
            {
                CustomerId = parsed.GetRequiredValue(customer),
                MessageId = parsed.GetRequiredValue(id),
                Reason = parsed.GetRequiredValue(reason),
            };
            var answer = await register.PatronNotes.RemoveMessageAsync(request, register.Bounded(stop));
            return new Answer(ProtoJson.Of(answer), Layout.Sentence(answer.Removed ? "It is gone." : "There was no such message."));
        });
        return command;
    }

    private static Command ListMessages(Session session)
    {
        var customer = Customer();
        var command = new Command("list", "List messages, newest first.") { customer };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var messages = await RegisterConnection.All<PatronMessage>(async token =>
            {
                var request = new ListMessagesRequest { CustomerId = parsed.GetRequiredValue(customer), PageToken = token };
                var page = await register.PatronNotes.ListMessagesAsync(request, register.Bounded(stop));
                return (page.Messages, page.NextPageToken);
            });
            return new Answer(new JsonObject { ["messages"] = ProtoJson.Of(messages) }, Messages(messages));
        });
        return command;
    }

    private static Argument<string> Customer() => new("CUSTOMER") { Description = "The patron's customer id." };

    private static IRenderable Notes(IEnumerable<PatronNote> notes) => Layout.Table(
        ["id", "note", "written", "by", "settled", "reason of"],
        notes.Select(note => new[]
        {
            note.NoteId, note.Body, Times.Show(note.CreateTime), note.CreatedBy, note.Unsettled ? "not yet" : Times.Show(note.SettleTime), note.Deed,
        }),
        "No notes.");

    private static IRenderable Messages(IEnumerable<PatronMessage> messages) => Layout.Table(
        ["id", "", "message", "written", "by"],
        messages.Select(message => new[]
        {
            message.MessageId, message.Direction == MessageDirection.ToPatron ? "to" : "about", message.Body, Times.Show(message.CreateTime), message.CreatedBy,
        }),
        "No messages.");
}
