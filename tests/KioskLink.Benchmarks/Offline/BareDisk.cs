using System.Diagnostics;

namespace KioskLink.Benchmarks.Offline;

/// <summary>The baseline of a durable record: one page appended to a file and synced, on the disk of the journal.</summary>
internal sealed class BareDisk(string folder) : IDisposable
{
    private readonly byte[] _page = new byte[4096];
    private readonly FileStream _file = new(Path.Combine(folder, "bare"), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);

    /// <summary>Appends, syncs, and returns the time it took.</summary>
    public TimeSpan Sync()
    {
        var started = Stopwatch.GetTimestamp();
        _file.Write(_page);
        _file.Flush(flushToDisk: true);
        return Stopwatch.GetElapsedTime(started);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
