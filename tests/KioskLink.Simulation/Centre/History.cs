using KioskLink.Register.Facts;
using NodaTime;

namespace KioskLink.Simulation.Centre;

/// <summary>Every state that every entity ever had: what the promises are held against.</summary>
internal sealed class History
{
    private readonly Dictionary<EntityId, List<Entry>> _states = [];

    public void Add(Entry entry)
    {
        if (!_states.TryGetValue(entry.Entity, out var states))
            _states[entry.Entity] = states = [];
        states.Add(entry);
    }

    /// <summary>The state of an entity at a version; null when there was none.</summary>
    public Entry? At(EntityId entity, long version) => _states.GetValueOrDefault(entity)?.FindLast(state => state.Version <= version);

    /// <summary>The state of an entity at a time; null when there was none.</summary>
    public Entry? At(EntityId entity, Instant time) => _states.GetValueOrDefault(entity)?.FindLast(state => state.CommitTime <= time);
}
