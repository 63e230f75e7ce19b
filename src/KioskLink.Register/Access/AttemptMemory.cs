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
    public Task<T> OnceAsync<T>(string caller, string attempt, Func<Task<T>> answer)
        where T : class, IMessage
    {
        var key = (caller, attempt);
        var mine = new TaskCompletionSource<IMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<IMessage>? known;
        lock (_answers)
        {
            if (!_answers.TryGetValue(key, out known))
            {
                Keep(key, mine.Task, core.Now());
            }
        }

        return known is null ? MakeAsync(key, mine, answer) : RecallAsync<T>(known);
    }

    private async Task<T> MakeAsync<T>((string Caller, string Attempt) key, TaskCompletionSource<IMessage> mine, Func<Task<T>> answer)
        where T : class, IMessage
    {
        try
        {
            var made = await answer().ConfigureAwait(false);
            mine.SetResult(made);
            return made;
        }
        catch (Exception failure)
        {
            Forget(key, mine.Task);
            mine.SetException(failure);
            // Seen here: most attempts are made once and nobody else waits for their answer.
            _ = mine.Task.Exception;
            throw;
        }
    }

    private static async Task<T> RecallAsync<T>(Task<IMessage> known)
        where T : class, IMessage =>
        await known.ConfigureAwait(false) as T ?? throw Requests.Field.Wrong("attempt_id", "was used for another call: make a new one");

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
