using KioskLink.Devices.Serial;

namespace KioskLink.Devices.Tests.Ports;

/// <summary>Notes at each request what the loop's thread has allocated.</summary>
internal sealed class MeasuringLink(ISerialLink inner) : ISerialLink
{
    private const int Warm = 20, Polls = 100;
    private int _writes;
    private long _before;

    public TaskCompletionSource Measured { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public long Allocated { get; private set; }

    public string Path => inner.Path;

    public PortProblem? Open() => inner.Open();

    public LinkSignal Wait(TimeSpan limit) => inner.Wait(limit);

    public int Read(Span<byte> buffer) => inner.Read(buffer);

    public bool Write(ReadOnlySpan<byte> bytes)
    {
        if (++_writes == Warm)
            _before = GC.GetAllocatedBytesForCurrentThread();
        Allocated = _writes <= Warm || Measured.Task.IsCompleted ? Allocated : GC.GetAllocatedBytesForCurrentThread() - _before;
        if (_writes == Warm + Polls)
            Measured.SetResult();
        return inner.Write(bytes);
    }

    public bool SetBaud(int baud) => inner.SetBaud(baud);

    public void Wake() => inner.Wake();

    public void Close() => inner.Close();

    public void Dispose() => inner.Dispose();
}
