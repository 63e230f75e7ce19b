using KioskLink.Node.Journal;
using KioskLink.Protos.Types.V1;

namespace KioskLink.Node.SecondRole;

/// <summary>Takes questions and answers, journals each start, answer and end, and ends by itself what runs. Thread-safe.</summary>
/// <param name="record">Appends a record to the journal.</param>
/// <param name="time">Monotonic and machine time.</param>
internal sealed class ApprovalDesk(Func<RecordOpen, Task<AppendResult>> record, TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();
    private readonly Lock _gate = new();
    private readonly Dictionary<string, CancellationTokenSource> _ending = [];
    private ApprovalBook _book = ApprovalBook.Empty;

    /// <summary>Told once of each approval that begins to run, with what ends it; the handler returns at once.</summary>
    public event Action<Approval, CancellationToken>? Began;

    /// <summary>What was asked, the newest first.</summary>
    public IReadOnlyList<Approval> List()
    {
        lock (_gate)
            return _book.At(Now).Approvals;
    }

    /// <summary>When something of this desk's clock was, by the machine's.</summary>
    public DateTimeOffset DateOf(TimeSpan at) => time.GetUtcNow() + (at - Now);

    /// <summary>Asks; why it could not be asked otherwise.</summary>
    public async Task<(Approval? Asked, AskProblem Problem)> AskAsync(ApprovalAct act, string subject, string reason, string user)
    {
        var asked = new Approval { Id = Guid.NewGuid().ToString("N")[..8], Act = act, Subject = subject, Reason = reason, AskedBy = user, AskedAt = Now };
        if ((await NoteAsync(asked, $"user {user}: asks a second person for {asked.What}: {reason}")).Problem is not null)
            return (null, AskProblem.NotRecorded);
        lock (_gate)
        {
            if (_book.Ask(asked) is not { } book)
                return (null, AskProblem.TooMany);
            _book = book;
        }
        return (asked, AskProblem.None);
    }

    /// <summary>Answers. Nothing runs before its approval is on record.</summary>
    public async Task<(Approval? Answered, AnswerResult Result, string? NotRecorded)> AnswerAsync(string id, bool approved, string user, string reason)
    {
        var (before, result) = Try(id, approved, user, reason);
        if (result is not (AnswerResult.Approved or AnswerResult.Refused or AnswerResult.Withdrawn))
            return (before, result, null);
        var word = result == AnswerResult.Approved ? "approves" : result == AnswerResult.Refused ? "refuses" : "withdraws";
        var noted = await NoteAsync(before!, $"second role, user {user}: {word} {before!.What} for user {before.AskedBy}: {reason}");
        if (noted.Problem is { } problem && approved)
            return (before, result, problem);
        lock (_gate)
            (_book, result) = _book.Answer(id, approved, user, reason, Now);
        Follow(id, result);
        return (_book.Find(id), result, null);
    }

    /// <summary>The running approval for exactly this, and what ends it; null for none.</summary>
    public (Approval Approval, CancellationToken Ended)? Running(string id, ApprovalAct act, string subject)
    {
        lock (_gate)
            return _book.Running(id, act, subject, Now) is { } running && _ending.TryGetValue(id, out var ending) ? (running, ending.Token) : null;
    }

    /// <summary>Uses up a running approval for exactly this: it serves once. Null for none.</summary>
    public Approval? Use(string id, ApprovalAct act, string subject)
    {
        lock (_gate)
        {
            if (_book.Running(id, act, subject, Now) is not { } running)
                return null;
            _book = _book.End(id);
            _ = EndAsync(id);
            return running;
        }
    }

    private TimeSpan Now => time.GetElapsedTime(_start);

    private (Approval? Before, AnswerResult Result) Try(string id, bool approved, string user, string reason)
    {
        lock (_gate)
            return (_book.Find(id), _book.Answer(id, approved, user, reason, Now).Result);
    }

    private void Follow(string id, AnswerResult result)
    {
        if (result == AnswerResult.Withdrawn)
            _ = EndAsync(id);
        if (result != AnswerResult.Approved)
            return;
        var ending = new CancellationTokenSource(ApprovalBook.ApprovedFor, time);
        lock (_gate)
            _ending[id] = ending;
        ending.Token.Register(() => Ended(id));
        Began?.Invoke(_book.Find(id)!, ending.Token);
    }

    private Task EndAsync(string id) => _ending.TryGetValue(id, out var ending) ? ending.CancelAsync() : Task.CompletedTask;

    private void Ended(string id)
    {
        Approval over;
        lock (_gate)
        {
            over = _book.Find(id)!;
            _book = _book.End(id);
            _ending.Remove(id);
        }
        _ = NoteAsync(over, $"{over.What}, asked by user {over.AskedBy} and approved by user {over.AnsweredBy}, is over");
    }

    private Task<AppendResult> NoteAsync(Approval approval, string act) => record(new RecordOpen
    {
        Kind = RecordKind.Technician,
        AttemptId = approval.Id,
        DoorId = approval.Act == ApprovalAct.VirtualCard ? approval.Subject : "",
        DeviceId = approval.Act == ApprovalAct.UnmaskedTrace ? approval.Subject : "",
        Detail = act,
    });
}

/// <summary>Why something could not be asked.</summary>
internal enum AskProblem
{
    /// <summary>It was asked.</summary>
    None,

    /// <summary>The journal cannot take it.</summary>
    NotRecorded,

    /// <summary>Too many are open.</summary>
    TooMany,
}
