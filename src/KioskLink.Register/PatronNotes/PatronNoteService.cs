using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Audit;
using KioskLink.Register.Facts;
using KioskLink.Register.Identity;
using KioskLink.Register.Patrons;
using KioskLink.Register.Requests;
using KioskLink.Register.Responsibles;
using KioskLink.Register.Rights;
using KioskLink.Register.Store;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace KioskLink.Register.PatronNotes;

/// <summary>Messages to and about patrons, and notes of unsettled matters.</summary>
internal sealed class PatronNoteService(RegisterCore core) : Protos.Register.V1.PatronNoteService.PatronNoteServiceBase
{
    /// <summary>Longest text.</summary>
    public const int BodyMax = 2000;

    /// <inheritdoc/>
    public override async Task<AddMessageResponse> AddMessage(AddMessageRequest request, ServerCallContext context)
    {
        var message = request.Message ?? throw Field.Wrong("message", "is missing: give it");
        Field.Known(message.Direction, "message.direction");
        var body = Body(message.Body, "message.body");
        var by = context.Caller().Name;
        context.Audit().Fields("messages");
        var written = await core.Lane.WriteAsync(
            scope =>
            {
                var row = new PatronMessageRow
                {
                    Consortium = scope.Consortium,
                    PatronId = Written(scope, request.CustomerId, context),
                    Direction = (int)message.Direction,
                    Body = body,
                    CreatedAt = scope.NowMs,
                    CreatedBy = by,
                };
                scope.Db.Add(row);
                scope.Db.SaveChanges();
                return row;
            },
            cancel: context.CancellationToken);
        return new AddMessageResponse { Message = Show(written.Value) };
    }

    /// <inheritdoc/>
    public override Task<ListMessagesResponse> ListMessages(ListMessagesRequest request, ServerCallContext context)
    {
        var (size, before) = (Field.PageSize(request.PageSize), Field.PageToken(request.PageToken) ?? long.MaxValue);
        using var db = core.Store.Read();
        var patron = Find(db, request.CustomerId);
        context.Audit().About(patron.PatronId).Fields("messages");
        Restriction.Require(context.Caller(), patron);
        var rows = db.Set<PatronMessageRow>().Where(row => row.PatronId == patron.PatronId && row.MessageId < before)
            .OrderByDescending(row => row.MessageId).Take(size + 1).ToList();
        var response = new ListMessagesResponse { NextPageToken = rows.Count > size ? ResponsibleData.Id(rows[size - 1].MessageId) : "" };
        response.Messages.AddRange(rows.Take(size).Select(Show));
        return Task.FromResult(response);
    }

    /// <inheritdoc/>
    public override async Task<RemoveMessageResponse> RemoveMessage(RemoveMessageRequest request, ServerCallContext context)
    {
        var id = Id(request.MessageId, "message_id");
        var reason = Field.Required(request.Reason, "reason");
        var by = context.Caller().Name;
        context.Audit().Fields("messages");
        var written = await core.Lane.WriteAsync(
            scope =>
            {
                var patronId = Written(scope, request.CustomerId, context);
                var removed = scope.Db.Set<PatronMessageRow>().Where(row => row.PatronId == patronId && row.MessageId == id).ExecuteDelete() > 0;
                if (removed)
                {
                    NotedDeed.Note(scope, patronId, NotedDeed.MessageRemoved, reason, by);
                }

                return removed;
            },
            cancel: context.CancellationToken);
        return new RemoveMessageResponse { Removed = written.Value };
    }

    /// <inheritdoc/>
    public override async Task<AddNoteResponse> AddNote(AddNoteRequest request, ServerCallContext context)
    {
        var note = request.Note ?? throw Field.Wrong("note", "is missing: give it");
        var body = Body(note.Body, "note.body");
        var by = context.Caller().Name;
        context.Audit().Fields("notes");
        var written = await core.Lane.WriteAsync(
            scope =>
            {
                var row = new PatronNoteRow
                {
                    Consortium = scope.Consortium,
                    PatronId = Written(scope, request.CustomerId, context),
                    Body = body,
                    Unsettled = note.Unsettled,
                    CreatedAt = scope.NowMs,
                    CreatedBy = by,
                };
                scope.Db.Add(row);
                scope.Db.SaveChanges();
                return row;
            },
            cancel: context.CancellationToken);
        return new AddNoteResponse { Note = Show(written.Value) };
    }

    /// <inheritdoc/>
    public override async Task<SettleNoteResponse> SettleNote(SettleNoteRequest request, ServerCallContext context)
    {
        var id = Id(request.NoteId, "note_id");
        var caller = context.Caller();
        var written = await core.Lane.WriteAsync(
            scope => Settle(scope, request.CustomerId, id, caller), note => context.Audit().About(note.PatronId).Fields("notes"), context.CancellationToken);
        return new SettleNoteResponse { Note = Show(written.Value) };
    }

    /// <inheritdoc/>
    public override Task<ListNotesResponse> ListNotes(ListNotesRequest request, ServerCallContext context)
    {
        var (size, before) = (Field.PageSize(request.PageSize), Field.PageToken(request.PageToken) ?? long.MaxValue);
        using var db = core.Store.Read();
        var patron = Find(db, request.CustomerId);
        context.Audit().About(patron.PatronId).Fields("notes");
        Restriction.Require(context.Caller(), patron);
        var notes = db.Set<PatronNoteRow>().Where(row => row.PatronId == patron.PatronId && row.NoteId < before);
        notes = request.UnsettledOnly ? notes.Where(row => row.Unsettled && row.SettledAt == null) : notes;
        var rows = notes.OrderByDescending(row => row.NoteId).Take(size + 1).ToList();
        var response = new ListNotesResponse { NextPageToken = rows.Count > size ? ResponsibleData.Id(rows[size - 1].NoteId) : "" };
        response.Notes.AddRange(rows.Take(size).Select(Show));
        return Task.FromResult(response);
    }

    private PatronNoteRow Settle(WriteScope scope, string customerId, long id, CallerIdentity caller)
    {
        var patron = Find(scope.Db, customerId);
        // The answer shows the whole note.
        Restriction.Require(caller, patron);
        var row = scope.Db.Set<PatronNoteRow>().SingleOrDefault(note => note.PatronId == patron.PatronId && note.NoteId == id) ?? throw Field.Missing("note");
        if (row.SettledAt is not null || !row.Unsettled)
        {
            return row;
        }

        var settled = row with { SettledAt = scope.NowMs, SettledBy = caller.Name };
        scope.Db.Update(settled);
        return settled;
    }

    // Whose row is written: into a restricted person's data nobody writes but the officer (R76), and the log names whom a refusal was about.
    private long Written(WriteScope scope, string customerId, ServerCallContext context)
    {
        var patron = Find(scope.Db, customerId);
        context.Audit().About(patron.PatronId);
        Restriction.Require(context.Caller(), patron);
        return patron.PatronId;
    }

    private PatronRow Find(RegisterDb db, string customerId) =>
        PatronWriter.Find(db, core.Store.Consortium, Field.Required(customerId, "customer_id", Field.IdMax)) ?? throw Field.Missing("patron");

    // A text has lines, and nothing else that a screen would act on.
    private static string Body(string text, string field)
    {
        Field.Required(text.Replace('\n', ' ').Replace('\r', ' ').Replace('\t', ' '), field, BodyMax);
        return text.Trim();
    }

    private static long Id(string text, string field) =>
        ResponsibleData.Id(Field.Required(text, field, Field.IdMax), field);

    private static PatronMessage Show(PatronMessageRow row) => new()
    {
        MessageId = ResponsibleData.Id(row.MessageId),
        Direction = (MessageDirection)row.Direction,
        Body = row.Body,
        CreateTime = Instant.FromUnixTimeMilliseconds(row.CreatedAt).ToProto(),
        CreatedBy = row.CreatedBy,
    };

    private static PatronNote Show(PatronNoteRow row) => new()
    {
        NoteId = ResponsibleData.Id(row.NoteId),
        Body = row.Body,
        Unsettled = row.Unsettled && row.SettledAt is null,
        CreateTime = Instant.FromUnixTimeMilliseconds(row.CreatedAt).ToProto(),
        CreatedBy = row.CreatedBy,
        SettleTime = row.SettledAt.ToTimestamp(),
        SettledBy = row.SettledBy,
        Deed = row.Deed,
    };
}
