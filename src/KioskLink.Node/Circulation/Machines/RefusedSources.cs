namespace KioskLink.Circulation.Machines;

/// <summary>Addresses from which machines' passwords are guessed: after so many wrong ones nothing from there is compared for a while. In memory. Thread-safe.</summary>
internal sealed class RefusedSources(TimeProvider time)
{
    /// <summary>Wrong passwords from one address.</summary>
    public const int WrongMax = 20;

    /// <summary>Within this time.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    /// <summary>Addresses that are remembered; beyond it the one that was wrong longest ago is forgotten.</summary>
    public const int Limit = 1024;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Queue<long>> _wrong = new(StringComparer.Ordinal);

    /// <summary>Addresses that are remembered.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _wrong.Count;
        }
    }

    /// <summary>Whether an address must wait.</summary>
    public bool MustWait(string source)
    {
        lock (_gate)
            return _wrong.TryGetValue(source, out var times) && CountOf(times) >= WrongMax;
    }

    /// <summary>Notes a wrong password.</summary>
    public void Fail(string source)
    {
        lock (_gate)
        {
            if (!_wrong.TryGetValue(source, out var times))
            {
                if (_wrong.Count == Limit)
                    _wrong.Remove(_wrong.MinBy(one => one.Value.LastOrDefault()).Key);
                _wrong[source] = times = new Queue<long>();
            }
            times.Enqueue(time.GetTimestamp());
            if (times.Count > WrongMax)
                times.Dequeue();
        }
    }

    private int CountOf(Queue<long> times)
    {
        while (times.TryPeek(out var first) && time.GetElapsedTime(first) > Window)
            times.Dequeue();
        return times.Count;
    }
}
