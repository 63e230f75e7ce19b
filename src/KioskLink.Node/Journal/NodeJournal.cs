using KioskLink.Node.Clock;
using KioskLink.Node.Hosting;
using KioskLink.Protos.Types.V1;
using KioskLink.Rules.Journal;
using Microsoft.Data.Sqlite;
using NodaTime;

namespace KioskLink.Node.Journal;

/// <summary>The node's durable record of decisions and outcomes. Thread-safe; appends of several doors share one sync.</summary>
internal sealed class NodeJournal : IDisposable
{
    private readonly NodeClock _clock;
    private readonly JournalFolder _folder;
    private readonly WorkThread<Pending> _queue;
    private volatile TaskCompletionSource _grown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile JournalFile _file;
    private string _opening;
    private long _acknowledged;

    private NodeJournal(NodeClock clock, JournalFolder folder, JournalFile file, string? setAside, JournalOptions options)
    {
        (_clock, _folder, _file, SetAside, _opening) = (clock, folder, file, setAside, AfterDamage(setAside));
        _queue = new WorkThread<Pending>("journal", Write, options.QueueLimit, options.BatchLimit);
    }

    /// <summary>The journal's random id, made with its file.</summary>
    public string Id => _file.Id;

    /// <summary>The first record that is still here.</summary>
    public long FirstSequence => _file.BaseSequence + 1;

    /// <summary>The last durable record.</summary>
    public long LastSequence => _file.LastSequence;

    /// <summary>The last record that the register acknowledged since the start; 0 when it has not spoken yet.</summary>
    public long Acknowledged => Interlocked.Read(ref _acknowledged);

    /// <summary>Path of a damaged journal that was set aside; null when there was none since the start.</summary>
    public string? SetAside { get; private set; }

    /// <summary>Told the path when a journal is found damaged while the node runs; handlers return at once.</summary>
    public event Action<string>? WasSetAside;

    /// <summary>Opens the journal of a data folder; its first record names the one before it, if any.</summary>
    /// <exception cref="SqliteException">The disk is full or broken.</exception>
    public static NodeJournal Open(string data, NodeClock clock, JournalOptions? options = null)
    {
        options ??= new JournalOptions();
        var folder = new JournalFolder(data, options.MaxBytes);
        var (file, setAside) = folder.Open();
        var journal = new NodeJournal(clock, folder, file, setAside, options);
        journal.Begin();
        return journal;
    }

    /// <summary>
    /// Appends a record; completes when it is durable, or with a problem when it cannot be (full or broken disk). Never throws for the disk.
    /// Time, boot id and clock trust are filled in where unset.
    /// </summary>
    public Task<AppendResult> AppendAsync(RecordOpen open, RecordPersonal? personal = null)
    {
        Stamp(open);
        var pending = new Pending(open, personal, null);
        return _queue.TryAdd(pending)
            ? pending.Done.Task
            : Task.FromResult(new AppendResult(0, "the journal's queue is full: the disk is too slow or the node is stopping"));
    }

    /// <summary>Reads records from a sequence on, oldest first, at most a number of them.</summary>
    public IReadOnlyList<JournalRecord> Read(long from, int limit) => [.. _file.Read(from).Take(limit)];

    /// <summary>Waits until a journal goes beyond a sequence; false when another one was begun in its place.</summary>
    public async Task<bool> WaitBeyondAsync(string journalId, long sequence, CancellationToken cancellation)
    {
        while (true)
        {
            var (grown, file) = (_grown.Task, _file);
            if (file.Id != journalId)
                return false;
            if (file.LastSequence > sequence)
                return true;
            await grown.WaitAsync(cancellation);
        }
    }

    /// <summary>Notes what the register holds of a journal; of another than the one in use it means nothing.</summary>
    public void Acknowledge(string journalId, long sequence)
    {
        if (journalId == Id)
            Interlocked.Exchange(ref _acknowledged, sequence);
    }

    /// <summary>Checks the whole chain.</summary>
    public ChainVerdict Verify()
    {
        var file = _file;
        return EventChain.Verify(file.Read(1).Select(SealedRecord.ToChain), file.BaseHash, file.BaseSequence + 1);
    }

    /// <summary>Writes INTERRUPTED for each decision without outcome; moves nothing. Returns how many there were.</summary>
    public async Task<int> RecordInterruptionsAsync()
    {
        var interruptions = Interruptions.Find(_file.Read(1));
        foreach (var interruption in interruptions)
            await AppendAsync(interruption);
        return interruptions.Count;
    }

    /// <summary>Sets the journal aside whole and begins a new one that names it: after a fork.</summary>
    public Task StartAnewAsync(string reason) => OnWriterAsync(() =>
    {
        _opening = $"follows journal {Id}: {reason}";
        SetAsideNow();
        Begin();
    });

    /// <summary>Erases what is older than the branch keeps identifiable, and drops what the register holds of it; journals that were set aside forget too.</summary>
    public Task ForgetAsync(Duration identifiableFor) => OnWriterAsync(() =>
    {
        var limit = _clock.Now - identifiableFor;
        _folder.Forget(limit);
        var old = _file.LastBefore(limit);
        if (old == 0)
            return;
        _file.ErasePersonal(old);
        if (Math.Min(old, Acknowledged) is > 0 and var cut)
            _file.Prune(cut);
    });

    /// <summary>Erases the personal part of every record of a card, durably; false when the disk refused.</summary>
    public async Task<bool> ForgetCardAsync(byte[] token)
    {
        var pending = new Pending(null, null, () =>
        {
            _file.ErasePersonalOf(token);
            _folder.ErasePersonalOf(token);
        });
        return _queue.TryAdd(pending) && (await pending.Done.Task).Durable;
    }

    /// <summary>When a card was presented, as far as records still tell whose they are; oldest first.</summary>
    public IReadOnlyList<Instant> TimesOf(byte[] token) => [.. _file.ReadOf(token)
        .Select(record => SealedRecord.Open(record).Time)
        .Where(time => time is not null)
        .Select(time => time.FromProto())];

    /// <summary>Writes what waits and closes the file.</summary>
    public void Dispose()
    {
        _queue.Dispose();
        _file.Dispose();
    }

    private void Stamp(RecordOpen open)
    {
        open.ClockTrusted = _clock.Trusted;
        open.Time ??= _clock.Now.ToProto();
        open.BootId = _clock.BootId;
        open.BootTime = _clock.BootTime.ToProto();
    }

    private static string AfterDamage(string? setAside) =>
        setAside is null ? "" : $"follows a damaged journal, set aside as {Path.GetFileName(setAside)}";

    // The first record of a journal names the one before it.
    private void Begin()
    {
        if (_file.LastSequence > 0)
            return;
        var open = new RecordOpen { Kind = RecordKind.JournalOpened, Detail = _opening };
        Stamp(open);
        _file.Append([SealedRecord.After(_file.LastSequence, _file.LastHash, open, null)]);
        Grown();
    }

    private string? SetAsideNow()
    {
        _file.Dispose();
        var aside = _folder.SetAside();
        _file = _folder.Open().File;
        Interlocked.Exchange(ref _acknowledged, 0);
        return aside;
    }

    private Task OnWriterAsync(Action work)
    {
        var pending = new Pending(null, null, work);
        return _queue.TryAdd(pending) ? pending.Done.Task : Task.CompletedTask;
    }

    private void Write(IReadOnlyList<Pending> batch)
    {
        var records = new List<Pending>(batch.Count);
        foreach (var pending in batch)
        {
            if (pending.Work is null)
            {
                records.Add(pending);
                continue;
            }
            Append(records);
            records.Clear();
            Do(pending);
        }
        Append(records);
        _file.CheckpointIfDue();
    }

    private void Append(IReadOnlyList<Pending> pending)
    {
        if (pending.Count == 0)
            return;
        var problem = TryAppend(pending);
        var first = LastSequence - pending.Count + 1;
        for (var i = 0; i < pending.Count; i++)
            pending[i].Done.SetResult(problem is null ? new AppendResult(first + i, null) : new AppendResult(0, problem));
        if (problem is null)
            Grown();
    }

    private string? TryAppend(IReadOnlyList<Pending> pending)
    {
        try
        {
            Begin();
            _file.Append(Chain(pending));
            return null;
        }
        catch (SqliteException error) when (!SqliteFiles.IsDamage(error))
        {
            return $"the journal cannot be written ({error.Message}): free or mend the disk that holds {_file.Path}";
        }
        catch (Exception damage) when (damage is SqliteException or InvalidOperationException)
        {
            return TryAppendAnew(pending);
        }
    }

    // A file that broke while the node runs is set aside like one found broken at the start. One that could not be begun anew is
    // closed, which the next append finds, and tries again.
    private string? TryAppendAnew(IReadOnlyList<Pending> pending)
    {
        try
        {
            if (SetAsideNow() is { } aside)
                TellOfDamage(aside);
            Begin();
            _file.Append(Chain(pending));
            return null;
        }
        catch (Exception error) when (error is SqliteException or IOException or InvalidOperationException or InvalidDataException)
        {
            return $"the journal is damaged and no new one can be written ({error.Message}): mend the disk that holds {_file.Path}";
        }
    }

    private void TellOfDamage(string aside)
    {
        (SetAside, _opening) = (aside, AfterDamage(aside));
        WasSetAside?.Invoke(aside);
    }

    private void Grown() => Interlocked.Exchange(ref _grown, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();

    private List<JournalRecord> Chain(IReadOnlyList<Pending> pending)
    {
        var records = new List<JournalRecord>(pending.Count);
        var (sequence, hash) = (_file.LastSequence, _file.LastHash);
        foreach (var item in pending)
        {
            var record = SealedRecord.After(sequence, hash, item.Open!, item.Personal);
            records.Add(record);
            (sequence, hash) = (record.Sequence, record.Hash.ToByteArray());
        }
        return records;
    }

    private static void Do(Pending pending)
    {
        try
        {
            pending.Work!();
            pending.Done.SetResult(default);
        }
        catch (Exception error) when (error is SqliteException or IOException or InvalidOperationException or InvalidDataException)
        {
            pending.Done.SetResult(new AppendResult(0, error.Message));
        }
    }

    /// <summary>A record to append, or other work for the writing thread.</summary>
    private sealed record Pending(RecordOpen? Open, RecordPersonal? Personal, Action? Work)
    {
        public TaskCompletionSource<AppendResult> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
