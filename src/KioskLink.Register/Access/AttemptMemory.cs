using Google.Protobuf;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Requests;
using KioskLink.Register.Store;
using NodaTime;

namespace KioskLink.Register.Access;

/// <summary>
/// Answers of the last minutes: a repeated attempt gets the same one and counts once (DESIGN 4). They are kept as bytes, so
/// that hundreds of thousands of them are no work for the garbage collector. Refilled from the attempts table at start.
/// Thread-safe.
/// </summary>
internal sealed class AttemptMemory(RegisterCore core)
{
    /// <summary>How long an answer is remembered; no caller repeats an attempt later.</summary>
    public static readonly Duration KeptFor = Duration.FromMinutes(15);

    /// <summary>Answers that are remembered at most.</summary>
    public const int AnswersMax = 200_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<Key, Kept> _answers = [];
    private readonly Dictionary<Key, Making> _making = [];
    private readonly Queue<(Instant At, Key Key)> _ages = new();

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
            var answer = new Kept(typeof(AuthorizeEntryResponse), row.RegisterAnswer!);
            Keep(new Key(row.NodeId, row.AttemptId), answer, Instant.FromUnixTimeMilliseconds(row.AnsweredAt!.Value));
        }
    }

    /// <summary>The answer of an attempt: the remembered one, the one that is being made, or a new one.</summary>
    public ValueTask<T> OnceAsync<T>(string caller, string attempt, Func<ValueTask<Answer<T>>> make)
        where T : class, IMessage, new()
    {
        var key = new Key(caller, attempt);
        Making? making;
        lock (_gate)
        {
            if (_answers.TryGetValue(key, out var kept))
            {
                return ValueTask.FromResult(kept.Read<T>());
            }

            if (_making.TryGetValue(key, out making))
            {
                return RecallAsync<T>(making.Ended);
            }

            _making[key] = making = new Making();
        }

        return MakeAsync(key, making, make);
    }

    /// <summary>Forgets an answer that does not hold any more; the attempt is looked at anew when it is repeated.</summary>
    public void Forget(string caller, string attempt)
    {
        lock (_gate)
        {
            _answers.Remove(new Key(caller, attempt));
        }
    }

    private async ValueTask<T> MakeAsync<T>(Key key, Making making, Func<ValueTask<Answer<T>>> make)
        where T : class, IMessage, new()
    {
        try
        {
            var answer = await make().ConfigureAwait(false);
            var kept = new Kept(typeof(T), answer.Bytes);
            End(key, making, kept)?.SetResult(kept);
            return answer.Message;
        }
        catch (Exception failure)
        {
            End(key, making, null)?.SetException(failure);
            throw;
        }
    }

    /// <summary>Keeps the answer, if there is one, and returns those who wait for it.</summary>
    private TaskCompletionSource<Kept>? End(Key key, Making making, Kept? answer)
    {
        lock (_gate)
        {
            _making.Remove(key);
            if (answer is { } kept)
            {
                Keep(key, kept, core.Now());
            }

            return making.Waiting;
        }
    }

    private static async ValueTask<T> RecallAsync<T>(Task<Kept> ended)
        where T : class, IMessage, new() =>
        (await ended.ConfigureAwait(false)).Read<T>();

    private void Keep(Key key, Kept answer, Instant now)
    {
        _answers[key] = answer;
        _ages.Enqueue((now, key));
        while (_ages.TryPeek(out var oldest) && (_ages.Count > AnswersMax || oldest.At < now - KeptFor))
        {
            _ages.Dequeue();
            _answers.Remove(oldest.Key);
        }
    }

    private readonly record struct Key(string Caller, string Attempt);

    private readonly record struct Kept(Type Kind, byte[] Bytes)
    {
        public T Read<T>()
            where T : class, IMessage, new()
        {
            if (Kind != typeof(T))
            {
                throw Field.Wrong("attempt_id", "was used for another call: make a new one");
            }

            var answer = new T();
            answer.MergeFrom(Bytes);
            return answer;
        }
    }

    /// <summary>An attempt whose answer is being made; most have nobody else who waits for it.</summary>
    private sealed class Making
    {
        public TaskCompletionSource<Kept>? Waiting { get; private set; }

        public Task<Kept> Ended => (Waiting ??= new TaskCompletionSource<Kept>(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
    }
}
