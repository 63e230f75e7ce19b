namespace KioskLink.Node.StaffSignIn;

/// <summary>Slows who tries to sign in without end, right or wrong, with the register or without. In memory. Thread-safe.</summary>
internal sealed class TryRate(TimeProvider time)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Queue<DateTimeOffset>> _tries = new(StringComparer.Ordinal);

    /// <summary>Whether a source may try now; if it may, it has.</summary>
    public bool MayTry(string source)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            if (_tries.Count >= StaffLimits.SourcesMax && !_tries.ContainsKey(source))
                _tries.Clear();
            if (!_tries.TryGetValue(source, out var tries))
                _tries[source] = tries = new Queue<DateTimeOffset>();
            while (tries.TryPeek(out var oldest) && now - oldest >= Minute)
                tries.Dequeue();
            if (tries.Count >= StaffLimits.TriesPerMinute)
                return false;
            tries.Enqueue(now);
            return true;
        }
    }
}
