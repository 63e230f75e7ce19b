using KioskLink.Node.Hosting;
using KioskLink.Protos.Register.V1;
using Microsoft.Data.Sqlite;
using NodaTime;

namespace KioskLink.Node.Outage;

/// <summary>
/// The acts of this branch that the register was not asked about, in order: durable before a machine is told that anything was done. Once
/// the register has taken one, nothing tells any more whose it was. Thread-safe.
/// </summary>
internal sealed class ActBook : IDisposable
{
    /// <summary>How long it is kept what became of an act.</summary>
    public static readonly Duration KeptFor = Duration.FromDays(14);

    /// <summary>How long a damaged file that was set aside is kept for the register's operator, from the day on which it was set aside.</summary>
    public static readonly Duration AsideKeptFor = Duration.FromDays(14);

    /// <summary>How many settled acts are kept; the oldest make room.</summary>
    public const int SettledLimit = 20_000;

    /// <summary>The greatest size of the file; at that size the disk counts as full.</summary>
    public const long MaxBytes = 64L * 1024 * 1024;

    private const int QueueLimit = 1024;
    private readonly Lock _gate = new();
    private readonly ActFile _file;
    private readonly string _path;
    private readonly SortedDictionary<long, LoanAct> _acts = [];
    private readonly SortedDictionary<long, LoanAct> _beingWritten = [];
    private readonly Dictionary<string, Task<KeepResult>> _beingKept = new(StringComparer.Ordinal);
    private readonly WorkThread<Change> _queue;
    private long _last;
    private TaskCompletionSource _changed = NewSignal();

    /// <summary>Opens the file, or makes it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="maxBytes">Its greatest size.</param>
    /// <exception cref="SqliteException">The disk is full or broken.</exception>
    public ActBook(string path, long maxBytes = MaxBytes)
    {
        _path = path;
        (_file, SetAside) = ActFile.Open(path, maxBytes);
        foreach (var act in _file.AtStart)
            _acts[act.Sequence] = act;
        _last = _file.AtStart.Select(act => act.Sequence).LastOrDefault();
        _queue = new WorkThread<Change>("loan acts", Write, QueueLimit, batchLimit: 1);
    }

    /// <summary>Path of a damaged file that was set aside at the start; null when there was none.</summary>
    public string? SetAside { get; }

    /// <summary>Told what the disk says when it refuses a write, and null after each that it took; handlers return at once.</summary>
    public event Action<string?>? DiskSaid;

    /// <summary>All acts that are kept, in order.</summary>
    public IReadOnlyList<LoanAct> All
    {
        get
        {
            lock (_gate)
                return [.. _acts.Values];
        }
    }

    /// <summary>Completes at the next change.</summary>
    public Task Changed
    {
        get
        {
            lock (_gate)
                return _changed.Task;
        }
    }

    /// <summary>How many wait for the register.</summary>
    public int Waiting => Count(act => act.IsOpen);

    /// <summary>How many need somebody to look at them.</summary>
    public int Unsettled => Count(act => act.State is ActState.Conflict or ActState.Refused);

    /// <summary>What waits for the register after a place, in order.</summary>
    public IReadOnlyList<LoanAct> OpenAfter(long sequence)
    {
        lock (_gate)
            return [.. _acts.Values.Where(act => act.Sequence > sequence && act.IsOpen)];
    }

    /// <summary>An act by its place; null when it is forgotten.</summary>
    public LoanAct? Find(long sequence)
    {
        lock (_gate)
            return _acts.GetValueOrDefault(sequence);
    }

    /// <summary>The last act about a thing that the register has not taken, those included that are being written; null when none waits.</summary>
    public LoanAct? LastWaiting(string subject)
    {
        lock (_gate)
            return _beingWritten.Values.LastOrDefault(act => act.Subject == subject) ?? _acts.Values.LastOrDefault(act => act.IsOpen && act.Subject == subject);
    }

    /// <summary>Waits until nothing about a thing waits for the register; false when something still does after a time.</summary>
    public async Task<bool> WhenClearAsync(string subject, TimeSpan patience, TimeProvider time, CancellationToken cancel)
    {
        if (LastWaiting(subject) is null)
            return true;
        var tooLate = Task.Delay(patience, time, cancel);
        while (!tooLate.IsCompleted)
        {
            var changed = Changed;
            if (LastWaiting(subject) is null)
                return true;
            await Task.WhenAny(changed, tooLate);
        }
        return LastWaiting(subject) is null;
    }

    /// <summary>
    /// Keeps an act; completes when it is durable, or when it is certain that it is not. The same id is kept once.
    /// </summary>
    /// <param name="act">The act.</param>
    /// <param name="limit">How many may wait.</param>
    public Task<KeepResult> KeepAsync(LoanAct act, int limit)
    {
        lock (_gate)
        {
            if (_acts.Values.FirstOrDefault(kept => kept.Id == act.Id) is { } known)
                return Task.FromResult(new KeepResult(KeepOutcome.Kept, known, IsAgain: true));
            if (_beingKept.TryGetValue(act.Id, out var underWay))
                return AgainAsync(underWay);
            if (_beingWritten.Count + _acts.Values.Count(kept => kept.IsOpen) >= limit)
                return Task.FromResult(new KeepResult(KeepOutcome.Full, null));
            return _beingKept[act.Id] = WriteNewAsync(act with { Sequence = ++_last, State = ActState.Waiting });
        }
    }

    private static async Task<KeepResult> AgainAsync(Task<KeepResult> first) => await first with { IsAgain = true };

    /// <summary>Notes that the register is told of an act; false when the disk did not take that.</summary>
    public Task<bool> SendAsync(long sequence) => ChangeAsync(sequence, act => act.IsOpen ? act with { State = ActState.Sent } : act);

    /// <summary>Notes what the register made of an act, and forgets whose it was where the register has it; false when the disk did not take that.</summary>
    public Task<bool> SettleAsync(long sequence, ActState state, LoanReason reason, Instant now) => ChangeAsync(
        sequence,
        act => (state == ActState.Refused ? act : Nobodys(act)) with { State = state, Reason = reason, SettledAt = now });

    /// <summary>Forgets what was settled before a time, and beyond <see cref="SettledLimit"/>; false when the disk refused.</summary>
    public Task<bool> ForgetBeforeAsync(Instant limit)
    {
        List<LoanAct> settled;
        lock (_gate)
            settled = [.. _acts.Values.Where(act => !act.IsOpen)];
        var old = settled.Where((act, place) => act.SettledAt < limit || place < settled.Count - SettledLimit).Select(act => act.Sequence).ToList();
        return RemoveAsync(old);
    }

    /// <summary>Deletes damaged files that were set aside before a time, since they cannot forget whose acts are in them; false when the disk refused.</summary>
    public bool ForgetAsideBefore(Instant limit) => ActFile.ForgetAside(_path, limit);

    /// <summary>How many acts tell of a card.</summary>
    public int CountOf(byte[] token) => Count(act => act.Token.AsSpan().SequenceEqual(token));

    /// <summary>Forgets a card: what waits for the register without its holder can be taken by nobody, and is listed as refused. False when the disk refused.</summary>
    public async Task<bool> ForgetCardAsync(byte[] token, Instant now)
    {
        List<long> acts;
        lock (_gate)
            acts = [.. _acts.Values.Where(act => token.Length > 0 && act.Token.AsSpan().SequenceEqual(token)).Select(act => act.Sequence)];
        var forgotten = true;
        foreach (var sequence in acts)
            forgotten &= await ChangeAsync(sequence, act => Nobodys(act.IsOpen ? act with { State = ActState.Refused, Reason = LoanReason.CardRefused, SettledAt = now } : act));
        return forgotten && (acts.Count == 0 || await CompactAsync());
    }

    /// <summary>Empties the file's log of writes, so that what was replaced cannot be read from it either; false when the disk refused.</summary>
    public Task<bool> CompactAsync() => WriteAsync(Change.Compaction());

    /// <summary>Writes what waits and closes the file.</summary>
    public void Dispose()
    {
        _queue.Dispose();
        _file.Dispose();
    }

    // Queued before it is awaited, under the lock: acts are written in the order of their places.
    private async Task<KeepResult> WriteNewAsync(LoanAct act)
    {
        _beingWritten[act.Sequence] = act;
        var isWritten = await WriteAsync(new Change(file => file.Add(act), () => Hold(act))).ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        lock (_gate)
        {
            _beingWritten.Remove(act.Sequence);
            _beingKept.Remove(act.Id);
        }
        return isWritten ? new KeepResult(KeepOutcome.Kept, act) : new KeepResult(KeepOutcome.NotWritten, null);
    }

    private void Hold(LoanAct act)
    {
        _beingWritten.Remove(act.Sequence);
        _acts[act.Sequence] = act;
    }

    private static LoanAct Nobodys(LoanAct act) => act with { Token = [], Envelope = [], CardEnd = "" };

    private int Count(Func<LoanAct, bool> fits)
    {
        lock (_gate)
            return _acts.Values.Count(fits);
    }

    // The change is made of the act as it is when its turn to be written comes; one that is forgotten by then stays so.
    private Task<bool> ChangeAsync(long sequence, Func<LoanAct, LoanAct> change)
    {
        LoanAct? changed = null;
        return WriteAsync(new Change(
            file =>
            {
                changed = Find(sequence) is { } act ? change(act) : null;
                if (changed is not null)
                    file.Replace(changed);
            },
            () =>
            {
                if (changed is not null)
                    _acts[sequence] = changed;
            }));
    }

    private Task<bool> RemoveAsync(List<long> sequences) => sequences.Count == 0
        ? Task.FromResult(true)
        : WriteAsync(new Change(file => sequences.ForEach(file.Remove), () => sequences.ForEach(sequence => _acts.Remove(sequence))));

    private Task<bool> WriteAsync(Change change) => _queue.TryAdd(change) ? change.Done.Task : Task.FromResult(false);

    private void Write(IReadOnlyList<Change> batch)
    {
        var change = batch[0];
        var problem = TryWrite(change);
        DiskSaid?.Invoke(problem);
        if (problem is null)
            Apply(change);
        change.Done.SetResult(problem is null);
    }

    private string? TryWrite(Change change)
    {
        try
        {
            if (change.IsCompaction)
                _file.Compact();
            else
                _file.Write(change.Write);
            return null;
        }
        catch (Exception error) when (error is SqliteException or InvalidOperationException or InvalidDataException)
        {
            return error.Message;
        }
    }

    private void Apply(Change change)
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            change.Apply();
            (changed, _changed) = (_changed, NewSignal());
        }
        changed.SetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>A change of the file, and the same in memory once it is durable.</summary>
    private sealed record Change(Action<ActFile> Write, Action Apply, bool IsCompaction = false)
    {
        public TaskCompletionSource<bool> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public static Change Compaction() => new(_ => { }, () => { }, IsCompaction: true);
    }
}
