namespace KioskLink.Circulation.Lending;

/// <summary>
/// Acts that are being done: whoever tells the same act again meanwhile, on another connection, waits for the first and hears its answer.
/// Else one could be told yes and the other no, and the withdrawal after the no would undo the yes. Thread-safe.
/// </summary>
internal sealed class ActsUnderWay
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Task> _acts = new(StringComparer.Ordinal);

    /// <summary>Does an act, or waits for whoever does it already.</summary>
    /// <typeparam name="TAnswer">Its answer.</typeparam>
    /// <param name="id">The act's id.</param>
    /// <param name="act">Does it.</param>
    public async ValueTask<TAnswer> OnceAsync<TAnswer>(string id, Func<ValueTask<TAnswer>> act)
    {
        while (true)
        {
            var mine = new TaskCompletionSource<TAnswer?>(TaskCreationOptions.RunContinuationsAsynchronously);
            if (Begin(id, mine.Task) is not Task<TAnswer?> others)
                return await DoAsync(id, act, mine);
            // Whoever hung up leaves no answer: then it is for whoever still waits to do it.
            if (await others is { } answer)
                return answer;
        }
    }

    private Task? Begin(string id, Task mine)
    {
        lock (_gate)
        {
            if (_acts.TryGetValue(id, out var others))
                return others;
            _acts.Add(id, mine);
            return null;
        }
    }

    private async ValueTask<TAnswer> DoAsync<TAnswer>(string id, Func<ValueTask<TAnswer>> act, TaskCompletionSource<TAnswer?> mine)
    {
        TAnswer? answer = default;
        try
        {
            return answer = await act();
        }
        finally
        {
            lock (_gate)
                _acts.Remove(id);
            mine.SetResult(answer);
        }
    }
}
