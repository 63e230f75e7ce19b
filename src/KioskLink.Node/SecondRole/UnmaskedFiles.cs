using System.Collections.Concurrent;
using System.Globalization;
using KioskLink.Devices.Osdp;
using KioskLink.Node.Diagnostics;
using KioskLink.Node.Journal;
using KioskLink.Protos.Node.V1;
using KioskLink.Protos.Types.V1;

namespace KioskLink.Node.SecondRole;

/// <summary>
/// Keeps what an approved trace sees as it is, in the data folder, the node's user alone reading it, and erases each file a day after its
/// begin, also one that an earlier run of the program left. Thread-safe.
/// </summary>
/// <param name="folder">The folder; made when it is needed.</param>
/// <param name="traces">The lines.</param>
/// <param name="approvals">Tells what begins.</param>
/// <param name="record">Appends a record to the journal.</param>
/// <param name="time">Machine time.</param>
internal sealed class UnmaskedFiles(string folder, TraceWatch traces, ApprovalDesk approvals, Func<RecordOpen, Task<AppendResult>> record, TimeProvider time) : BackgroundService
{
    /// <summary>How long a file is kept.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(1);

    /// <summary>How often old files are looked for.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(5);

    /// <summary>How many frames a file holds; later ones are not kept.</summary>
    public const int FrameLimit = 300_000;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const string DateFormat = "yyyyMMdd'T'HHmmss'Z'";
    private const string Extension = ".unmasked.cap";

    private readonly ConcurrentDictionary<string, string> _paths = new();
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Where the trace of an approval is kept; empty for none.</summary>
    public string PathOf(string approvalId) => _paths.GetValueOrDefault(approvalId, "");

    /// <inheritdoc/>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        approvals.Began += (approval, ended) => _ = KeepAsync(approval, ended, _stopping.Token);
        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await base.StopAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _stopping.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery, time);
        do
            await EraseAsync();
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task KeepAsync(Approval approval, CancellationToken ended, CancellationToken stopping)
    {
        if (approval.Act != ApprovalAct.UnmaskedTrace)
            return;
        var path = Path.Combine(folder, $"{time.GetUtcNow().UtcDateTime.ToString(DateFormat, CultureInfo.InvariantCulture)}-{approval.Id}{Extension}");
        _paths[approval.Id] = path;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(ended, stopping);
        try
        {
            Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
            await using var file = new StreamWriter(path, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.Read, UnixCreateMode = OwnerOnly });
            var capture = new OsdpCapture(file, time, approval.Subject);
            await foreach (var frame in traces.WatchAsync(approval.Subject, unmasked: true, ending.Token).Take(FrameLimit).WithCancellation(ending.Token))
                capture.Write(frame.Time.ToDateTimeOffset(), DirectionOf(frame), frame.Frame.Span, frame.Masked);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // That is how a trace ends.
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            await NoteAsync(approval.Subject, $"the unmasked trace {approval.Id} cannot be kept: {fault.Message}");
        }
    }

    // A name from the future was given by a clock that was wrong: nobody can tell how old it is.
    private async Task EraseAsync()
    {
        var now = time.GetUtcNow();
        foreach (var path in Directory.Exists(folder) ? Directory.GetFiles(folder, $"*{Extension}") : [])
            if (BeganAt(path) is not { } began || (now - began).Duration() >= KeptFor)
                await EraseAsync(path);
    }

    private async Task EraseAsync(string path)
    {
        try
        {
            File.Delete(path);
            foreach (var kept in _paths.Where(kept => kept.Value == path))
                _paths.TryRemove(kept);
            await NoteAsync("", $"erased the unmasked trace {Path.GetFileName(path)}, a day old");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            await NoteAsync("", $"cannot erase the unmasked trace {Path.GetFileName(path)}: {fault.Message}");
        }
    }

    private static DateTimeOffset? BeganAt(string path) => DateTimeOffset.TryParseExact(
        Path.GetFileName(path).Split('-')[0], DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var began) ? began : null;

    private static FrameDirection DirectionOf(WatchTraceResponse frame) => frame.Sent ? FrameDirection.Sent : FrameDirection.Received;

    private Task<AppendResult> NoteAsync(string deviceId, string act) => record(new RecordOpen { Kind = RecordKind.Technician, DeviceId = deviceId, Detail = act });
}
