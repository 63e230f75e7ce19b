using NodaTime;

namespace KioskLink.Simulation.World;

/// <summary>Virtual time: what is due happens in the order of its time, and nothing else passes.</summary>
internal sealed class Agenda(Instant start)
{
    private readonly PriorityQueue<Action, (Instant Time, long Number)> _due = new();
    private long _number;

    public Instant Now { get; private set; } = start;

    /// <summary>How many things have happened.</summary>
    public long Step { get; private set; }

    public void At(Instant time, Action act) => _due.Enqueue(act, (Instant.Max(time, Now), _number++));

    public void After(Duration wait, Action act) => At(Now + wait, act);

    public void RunUntil(Instant end)
    {
        while (_due.TryPeek(out var act, out var next) && next.Time <= end)
        {
            _due.Dequeue();
            Now = next.Time;
            Step++;
            act();
        }
        Now = end;
    }
}
