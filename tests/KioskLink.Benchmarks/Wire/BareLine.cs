using System.Diagnostics;
using KioskLink.Devices.Serial;

namespace KioskLink.Benchmarks.Wire;

/// <summary>The baseline of a line: a loop that does nothing but send the same POLL in clear and take the reader's answer, without session, events or schedule.</summary>
internal sealed class BareLine(string path, int baud) : IDisposable
{
    private static readonly byte[] Poll = [0x53, 0x01, 0x08, 0x00, 0x04, 0x60, 0xBA, 0x00];
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan ReplyLimit = TimeSpan.FromMilliseconds(200);
    private readonly SerialPort _port = new(path, baud);
    private readonly ManualResetEventSlim _never = new();
    private readonly byte[] _buffer = new byte[64];
    private readonly TimeSpan _quiet = TimeSpan.FromSeconds(20.0 / baud);

    /// <summary>Looks for the port each millisecond, and returns when it is open and the reader has answered.</summary>
    public TimeSpan OpenAndAsk()
    {
        var started = Stopwatch.GetTimestamp();
        while (_port.Open() is not null || !Exchange())
            _never.Wait(LookEvery);
        return Stopwatch.GetElapsedTime(started);
    }

    /// <summary>Exchanges back to back for a time; returns how many, and what this thread spent on the processor.</summary>
    public (int Exchanges, TimeSpan Spent) Run(TimeSpan duration)
    {
        var (started, spent, count) = (Stopwatch.GetTimestamp(), ThreadTimes.OfThisThread(), 0);
        for (; Stopwatch.GetElapsedTime(started) < duration; count++)
        {
            Exchange();
            _port.Wait(_quiet);
        }
        return (count, ThreadTimes.OfThisThread() - spent);
    }

    /// <summary>Lets go of the port.</summary>
    public void Close() => _port.Close();

    /// <inheritdoc/>
    public void Dispose()
    {
        _port.Dispose();
        _never.Dispose();
    }

    // An answer in clear has eight or nine bytes; its second to last lump is waited for as a bus would.
    private bool Exchange()
    {
        if (!_port.Write(Poll))
            return false;
        var (sent, taken) = (Stopwatch.GetTimestamp(), 0);
        while (taken < Poll.Length)
        {
            if (_port.Wait(ReplyLimit - Stopwatch.GetElapsedTime(sent)) != LinkSignal.Readable)
                return false;
            taken += Math.Max(0, _port.Read(_buffer));
        }
        return true;
    }
}
