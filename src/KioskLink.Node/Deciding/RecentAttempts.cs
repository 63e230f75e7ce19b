namespace KioskLink.Node.Deciding;

/// <summary>The answers to the last attempts by id, so that a repeated attempt gets the same answer and counts once. Thread-safe.</summary>
/// <typeparam name="TAnswer">What an answer is.</typeparam>
internal sealed class RecentAttempts<TAnswer>
{
    /// <summary>Attempts that are remembered.</summary>
    public const int Limit = 1024;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Task<TAnswer>> _answers = new(StringComparer.Ordinal);
    private readonly Queue<string> _oldest = new();

    /// <summary>The attempt's answer: made now, or remembered.</summary>
    public Task<TAnswer> Once(string attemptId, Func<Task<TAnswer>> answer)
    {
        lock (_gate)
        {
            if (_answers.TryGetValue(attemptId, out var known))
                return known;
            if (_oldest.Count == Limit)
                _answers.Remove(_oldest.Dequeue());
            _oldest.Enqueue(attemptId);
            return _answers[attemptId] = answer();
        }
    }
}
