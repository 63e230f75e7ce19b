using Google.Protobuf;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Store;
using NodaTime;

namespace KioskLink.Register.Access;

/// <summary>
/// Answers of the last minutes: a repeated attempt gets the same one and counts once (DESIGN 4). Refilled from the attempts
/// table at start. Thread-safe.
/// </summary>
internal sealed class AttemptMemory(RegisterCore core)
{
    /// <summary>How long an answer is remembered; no caller repeats an attempt later.</summary>
    public static readonly Duration KeptFor = Duration.FromMinutes(15);

    /// <summary>Answers that are remembered at most.</summary>
    public const int AnswersMax = 200_000;

    private readonly Dictionary<(string Caller, string Attempt), Task<IMessage>> _answers = [];
    private readonly Queue<(Instant At, (string Caller, string Attempt) Key)> _ages = new();

    /// <summary>Remembers the answers that were durable before a restart.</summary>
    public void Refill()
    {
        using var db = core.Store.Read();
        var since = (core.Now() - KeptFor).ToUnixTimeMilliseconds();
        foreach (var row in db.Set<AttemptRow>()
            .Where(row => row.Consortium == core.Store.Consortium && row.AnsweredAt > since && row.RegisterAnswer != null)
            .OrderBy(row => row.AnsweredAt)
            .Take(AnswersMax))
        {
            var answer = AuthorizeEntryResponse.Parser.ParseFrom(row.RegisterAnswer);
            Keep((row.NodeId, row.AttemptId), Task.FromResult<IMessage>(answer), Instant.FromUnixTimeMilliseconds(row.AnsweredAt!.Value));
        }
    }

    /// <summary>The answer of an attempt: the remembered one, the one that is being made, or a new one.</summary>
    public async Task<T> OnceAsync<T>(string caller, string attempt, Func<Task<T>> answer)
        where T : class, IMessage
    {
        Task<IMessage> task;
        lock (_answers)
        {
            if (!_answers.TryGetValue((caller, attempt), out var known))
            {
                known = Upcast(answer);
                Keep((caller, attempt), known, core.Now());
            }

            task = known;
        }

        try
        {
            return await task.ConfigureAwait(false) as T
                ?? throw Requests.Field.Wrong("attempt_id", "was used for another call: make a new one");
        }
        catch when (task.IsFaulted || task.IsCanceled)
        {
            Forget((caller, attempt), task);
            throw;
        }
    }

    private static async Task<IMessage> Upcast<T>(Func<Task<T>> answer)
        where T : IMessage
    {
        await Task.Yield();
        return await answer().ConfigureAwait(false);
    }

    private void Keep((string Caller, string Attempt) key, Task<IMessage> answer, Instant now)
    {
        _answers[key] = answer;
        _ages.Enqueue((now, key));
        while (_ages.TryPeek(out var oldest) && (_ages.Count > AnswersMax || oldest.At < now - KeptFor))
        {
            _ages.Dequeue();
            _answers.Remove(oldest.Key);
        }
    }

    private void Forget((string Caller, string Attempt) key, Task<IMessage> failed)
    {
        lock (_answers)
        {
            if (_answers.TryGetValue(key, out var kept) && kept == failed)
            {
                _answers.Remove(key);
            }
        }
    }
}
