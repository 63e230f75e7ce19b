using System.Collections.Concurrent;

namespace KioskLink.Node.StaffSignIn;

/// <summary>What pages keep in a session, one of each type. Thread-safe.</summary>
internal sealed class SessionKeep
{
    private readonly ConcurrentDictionary<Type, object> _kept = new();

    /// <summary>What is kept of a type; null when nothing is.</summary>
    public T? Find<T>()
        where T : class => _kept.GetValueOrDefault(typeof(T)) as T;

    /// <summary>Takes what is kept of a type, so that it is kept no longer; null when nothing is.</summary>
    public T? Take<T>()
        where T : class => _kept.TryRemove(typeof(T), out var kept) ? (T)kept : null;

    /// <summary>Keeps it in place of what was there.</summary>
    public void Put<T>(T kept)
        where T : class => _kept[typeof(T)] = kept;
}
