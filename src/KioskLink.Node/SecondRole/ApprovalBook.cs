using System.Collections.Immutable;

namespace KioskLink.Node.SecondRole;

/// <summary>What technicians have asked of a second person, and what was answered (DESIGN section 6). Pure; nothing of it outlives the program.</summary>
/// <param name="Approvals">The approvals, the newest first.</param>
internal sealed record ApprovalBook(ImmutableList<Approval> Approvals)
{
    /// <summary>How many are remembered, and how many may be open.</summary>
    public const int Limit = 16;

    /// <summary>How long a question waits for an answer.</summary>
    public static readonly TimeSpan AskedFor = TimeSpan.FromMinutes(15);

    /// <summary>How long what was approved may be done.</summary>
    public static readonly TimeSpan ApprovedFor = TimeSpan.FromMinutes(15);

    /// <summary>Nothing asked.</summary>
    public static ApprovalBook Empty { get; } = new([]);

    /// <summary>Notes a question; null while too many are open. The oldest that is over is forgotten.</summary>
    public ApprovalBook? Ask(Approval asked)
    {
        var book = At(asked.AskedAt).Approvals;
        if (book.Count >= Limit)
            book = book.FindLast(approval => !approval.IsOpen) is { } over ? book.Remove(over) : book;
        return book.Count < Limit ? new ApprovalBook(book.Insert(0, asked)) : null;
    }

    /// <summary>The approval of an id; null for none.</summary>
    public Approval? Find(string id) => Approvals.Find(approval => approval.Id == id);

    /// <summary>Answers a question. Who asked never answers, and what is over stays over; a refusal ends what runs.</summary>
    public (ApprovalBook Book, AnswerResult Result) Answer(string id, bool approved, string user, string reason, TimeSpan now)
    {
        var book = At(now);
        var state = approved ? ApprovalState.Approved : ApprovalState.Refused;
        return book.Find(id) switch
        {
            null => (book, AnswerResult.Unknown),
            { } asked when asked.AskedBy == user => (book, AnswerResult.SamePerson),
            { } same when same.State == state => (book, AnswerResult.Nothing),
            { State: ApprovalState.Approved } running => (book.With(running with { State = ApprovalState.Ended, AnsweredBy = user, AnswerReason = reason }), AnswerResult.Withdrawn),
            { State: ApprovalState.Asked } asked => (book.With(Answered(asked)), approved ? AnswerResult.Approved : AnswerResult.Refused),
            _ => (book, AnswerResult.Over),
        };

        Approval Answered(Approval asked) =>
            asked with { State = state, AnsweredBy = user, AnswerReason = reason, Until = approved ? now + ApprovedFor : null };
    }

    /// <summary>The running approval of that id for exactly this; null for none.</summary>
    public Approval? Running(string id, ApprovalAct act, string subject, TimeSpan now) =>
        At(now).Find(id) is { State: ApprovalState.Approved } running && running.Act == act && running.Subject == subject ? running : null;

    /// <summary>Ends an approval that runs.</summary>
    public ApprovalBook End(string id) => Find(id) is { State: ApprovalState.Approved } running ? With(running with { State = ApprovalState.Ended }) : this;

    /// <summary>The book at a time: what has waited or run too long is over.</summary>
    public ApprovalBook At(TimeSpan now) => new(Approvals.ConvertAll(approval => IsLate(approval, now) ? approval with { State = ApprovalState.Ended } : approval));

    private static bool IsLate(Approval approval, TimeSpan now) => approval.State switch
    {
        ApprovalState.Asked => now - approval.AskedAt >= AskedFor,
        ApprovalState.Approved => now >= approval.Until,
        _ => false,
    };

    private ApprovalBook With(Approval changed) => new(Approvals.ConvertAll(approval => approval.Id == changed.Id ? changed : approval));
}

/// <summary>What became of an answer.</summary>
internal enum AnswerResult
{
    /// <summary>It may be done now.</summary>
    Approved,

    /// <summary>It may not be done.</summary>
    Refused,

    /// <summary>It ran, and ends now.</summary>
    Withdrawn,

    /// <summary>That was answered before; nothing changes.</summary>
    Nothing,

    /// <summary>Nobody asked that.</summary>
    Unknown,

    /// <summary>Who asked cannot answer.</summary>
    SamePerson,

    /// <summary>It is over.</summary>
    Over,
}
