namespace KioskLink.Sip2.Server;

/// <summary>Counts what happens on all connections, and bytes of half messages. Thread-safe.</summary>
internal sealed class ListenerTally
{
    private long _accepted, _refused, _messages, _sentAgain, _failed, _halfBytes;

    public void Accepted() => Interlocked.Increment(ref _accepted);

    public void Refused() => Interlocked.Increment(ref _refused);

    public void Message() => Interlocked.Increment(ref _messages);

    public void SentAgain() => Interlocked.Increment(ref _sentAgain);

    public void Failed() => Interlocked.Increment(ref _failed);

    /// <summary>Adds to the bytes of half messages, and says how many there are.</summary>
    public long AddHalf(long bytes) => Interlocked.Add(ref _halfBytes, bytes);

    public ListenerCounts Counts(int open) => new(
        open, Interlocked.Read(ref _accepted), Interlocked.Read(ref _refused), Interlocked.Read(ref _messages), Interlocked.Read(ref _sentAgain), Interlocked.Read(ref _failed));
}
