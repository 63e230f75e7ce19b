using KioskLink.Devices.Relays.Modbus;
using KioskLink.Devices.Serial;
using KioskLink.Testing;

namespace KioskLink.Devices.Tests.Relays;

/// <summary>A line in virtual time with one Modbus board of a few lines: the bus's waits move the clock. The board thinks for 3 ms, bytes take their time.</summary>
internal sealed class SimulatedRelayLine(int baud) : ISerialLink
{
    private const byte ReadCoils = 1;
    private const int BitsPerByte = 11;
    private static readonly TimeSpan Thinking = TimeSpan.FromMilliseconds(3);
    private readonly Queue<(TimeSpan At, byte[] Bytes)> _arriving = new();
    private readonly ManualResetEventSlim _woken = new();
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TimeSpan _until = TimeSpan.MaxValue;

    public VirtualTime Time { get; } = new();

    public TimeSpan Now => Time.GetElapsedTime(0);

    public string Path => "simulated";

    /// <summary>What becomes of the answer to a request that comes at a time.</summary>
    public Func<TimeSpan, byte[], byte[]> Spoil { get; set; } = (_, answer) => answer;

    /// <summary>When each request went out, and when its answer was whole or would have been.</summary>
    public List<(TimeSpan Asked, TimeSpan Answered)> Exchanges { get; } = [];

    /// <summary>The line stands still from a time on.</summary>
    public Task StandStillAt(TimeSpan until)
    {
        _until = until;
        return Patience.For(_over.Task, "the end of the line's time");
    }

    public PortProblem? Open() => null;

    public LinkSignal Wait(TimeSpan limit)
    {
        if (Now >= _until)
            StandStill();
        if (_woken.IsSet)
            return TakeWake();
        var end = limit < _until - Now ? Now + limit : _until;
        var next = _arriving.TryPeek(out var first) ? first.At : TimeSpan.MaxValue;
        if (next > Now && end > Now)
            Time.Advance((next < end ? next : end) - Now);
        return next <= Now ? LinkSignal.Readable : LinkSignal.TimedOut;
    }

    private LinkSignal TakeWake()
    {
        _woken.Reset();
        return LinkSignal.Woken;
    }

    public int Read(Span<byte> buffer)
    {
        if (!_arriving.TryPeek(out var first) || first.At > Now)
            return 0;
        _arriving.Dequeue();
        first.Bytes.CopyTo(buffer);
        return first.Bytes.Length;
    }

    public bool Write(ReadOnlySpan<byte> bytes)
    {
        var answer = AnswerTo(bytes);
        var at = Now + Thinking + WireTime(bytes.Length + answer.Length);
        Exchanges.Add((Now, at));
        if (Spoil(Now, answer) is { Length: > 0 } sent)
            _arriving.Enqueue((at, sent));
        return true;
    }

    public bool SetBaud(int baud) => true;

    public void Wake() => _woken.Set();

    public void Close()
    {
    }

    public void Dispose() => _woken.Dispose();

    private static byte[] AnswerTo(ReadOnlySpan<byte> request)
    {
        byte[] answer = request[1] == ReadCoils ? [request[0], ReadCoils, 1, 0, 0, 0] : [.. request[..6], 0, 0];
        ModbusCrc.Append(answer, answer.Length - ModbusCrc.Size);
        return answer;
    }

    private TimeSpan WireTime(int bytes) => TimeSpan.FromTicks(bytes * BitsPerByte * TimeSpan.TicksPerSecond / baud);

    // The test has seen enough; the stop of the bus wakes it.
    private void StandStill()
    {
        _until = TimeSpan.MaxValue;
        _over.TrySetResult();
        _woken.Wait();
    }
}
