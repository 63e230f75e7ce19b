using KioskLink.Node.Clock;
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
    private readonly AppendQueue<Pending> _queue;
    private volatile TaskCompletionSource _grown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile JournalFile _file;
    private long _acknowledged;

    private NodeJournal(NodeClock clock, JournalFolder folder, JournalFile file, string? setAside, JournalOptions options)
    {
        (_clock, _folder, _file, SetAside) = (clock, folder, file, setAside);
        _queue = new AppendQueue<Pending>(Write, options.QueueLimit, options.BatchLimit);
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
        if (file.LastSequence == 0)
            file.Append([journal.Opening(setAside is null ? "" : $"follows a damaged journal, set aside as {Path.GetFileName(setAside)}")]);
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

    /// <summary>Waits until the journal goes beyond a sequence.</summary>
    public async Task WaitBeyondAsync(long sequence, CancellationToken cancellation)
    {
        while (true)
        {
            var grown = _grown.Task;
            if (LastSequence > sequence)
                return;
            await grown.WaitAsync(cancellation);
        }
    }

    /// <summary>Notes what the register holds.</summary>
    public void Acknowledge(long sequence) => Interlocked.Exchange(ref _acknowledged, sequence);

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
        var id = Id;
        _file.Dispose();
        _folder.SetAside();
        _file = _folder.Open().File;
        Interlocked.Exchange(ref _acknowledged, 0);
        _file.Append([Opening($"follows journal {id}: {reason}")]);
    });

    /// <summary>Erases what is older than the branch keeps identifiable, and drops what the register holds of it.</summary>
    public Task ForgetAsync(Duration identifiableFor) => OnWriterAsync(() =>
    {
        var limit = _clock.Now - identifiableFor;
        var old = _file.Read(1).TakeWhile(record => IsBefore(record, limit)).Select(record => record.Sequence).LastOrDefault();
        if (old == 0)
            return;
        _file.ErasePersonal(old);
        if (Math.Min(old, Acknowledged) is > 0 and var cut)
            _file.Prune(cut);
    });

    /// <summary>Writes what waits and closes the file.</summary>
    public void Dispose()
    {
        _queue.Dispose();
        _file.Dispose();
    }

    private static bool IsBefore(JournalRecord record, Instant limit) =>
        RecordOpen.Parser.ParseFrom(record.Open).Time is not { } time || time.FromProto() < limit;

    private void Stamp(RecordOpen open)
    {
        open.ClockTrusted = _clock.Trusted;
        open.Time ??= _clock.Now.ToProto();
        open.BootId = _clock.BootId;
        open.BootTime = _clock.BootTime.ToProto();
    }

    private JournalRecord Opening(string detail)
    {
        var open = new RecordOpen { Kind = RecordKind.JournalOpened, Detail = detail };
        Stamp(open);
        return SealedRecord.After(_file.LastSequence, _file.LastHash, open, null);
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
            Interlocked.Exchange(ref _grown, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }

    private string? TryAppend(IReadOnlyList<Pending> pending)
    {
        try
        {
            _file.Append(Chain(pending));
            return null;
        }
        catch (SqliteException error) when (!JournalFolder.IsDamage(error))
        {
            return $"the journal cannot be written ({error.Message}): free or mend the disk that holds {_file.Path}";
        }
        catch (SqliteException)
        {
            return TryAppendAnew(pending);
        }
    }

    // A file that broke while the node runs is set aside like one found broken at the start.
    private string? TryAppendAnew(IReadOnlyList<Pending> pending)
    {
        try
        {
            _file.Dispose();
            SetAside = _folder.SetAside();
            _file = _folder.Open().File;
            _file.Append([Opening($"follows a damaged journal, set aside as {Path.GetFileName(SetAside)}")]);
            _file.Append(Chain(pending));
            WasSetAside?.Invoke(SetAside);
            return null;
        }
        catch (Exception error) when (error is SqliteException or IOException or InvalidOperationException)
        {
            return $"the journal is damaged and no new one can be written ({error.Message}): mend the disk that holds {_file.Path}";
        }
    }

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
        catch (Exception error) when (error is SqliteException or IOException)
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
