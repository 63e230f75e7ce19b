using KioskLink.Register.Hosting;
using KioskLink.Register.Store;

namespace KioskLink.Register.Audit;

/// <summary>
/// The chain's end outside the database: in memory while the register runs, and in <see cref="HeadFile"/> with each commit, so that rows
/// which were cut off are found although the database alone looks whole. Thread-safe.
/// </summary>
internal sealed class AuditAnchor : IDisposable
{
    /// <summary>How old what is flushed to the disk may be: a killed program loses nothing, a power cut no more than this.</summary>
    public static readonly TimeSpan FlushEvery = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly ILogger<AuditAnchor> _log;
    private readonly HeadFile _file;
    private AuditHead? _head;
    private long? _known;
    private DateTimeOffset _flushed;

    /// <summary>Reads what the file says.</summary>
    public AuditAnchor(RegisterCore core, ILogger<AuditAnchor> log)
    {
        (_time, _log, _file) = (core.Time, log, new HeadFile(core.Store.Folder));
        _known = _file.Read()?.Sequence;
        _flushed = _time.GetUtcNow();
    }

    /// <summary>The end as the register wrote it last; null before it has written.</summary>
    public AuditHead? Head
    {
        get
        {
            lock (_gate)
            {
                return _head;
            }
        }
    }

    /// <summary>A row that is known to have been durable; null when nothing outside the database tells of one, which is a trace itself.</summary>
    public long? Known
    {
        get
        {
            lock (_gate)
            {
                return _known;
            }
        }
    }

    /// <summary>Notes where the chain ends, once that is durable.</summary>
    public void Moved(AuditHead head)
    {
        lock (_gate)
        {
            (_head, _known) = (head, head.Sequence);
            var now = _time.GetUtcNow();
            var isDue = now - _flushed >= FlushEvery;
            _flushed = isDue ? now : _flushed;
            Keep(head, isDue);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_head is { } head)
            {
                Keep(head, flush: true);
            }
        }
    }

    private void Keep(AuditHead head, bool flush)
    {
        try
        {
            _file.Write(head, flush);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            _log.AuditHeadNotKept(HeadFile.Name, problem);
        }
    }
}
