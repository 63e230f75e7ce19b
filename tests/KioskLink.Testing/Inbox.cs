using System.Threading.Channels;

namespace KioskLink.Testing;

/// <summary>Events of the thing under test, in order, for a test to wait on. Any thread posts, one test reads.</summary>
/// <typeparam name="T">What an event is.</typeparam>
public sealed class Inbox<T>
{
    private readonly Channel<T> _events = Channel.CreateUnbounded<T>();

    /// <summary>Adds an event. Fits an event handler or a callback.</summary>
    public void Post(T item) => _events.Writer.TryWrite(item);

    /// <summary>Whether an event waits to be read.</summary>
    public bool Any => _events.Reader.TryPeek(out _);

    /// <summary>The next event, waited for.</summary>
    public Task<T> Next(string what, TimeSpan? atMost = null) =>
        Patience.For(_events.Reader.ReadAsync().AsTask(), what, atMost);

    /// <summary>The next event that fits; those before it are dropped.</summary>
    public async Task<T> NextWhere(Func<T, bool> fits, string what, TimeSpan? atMost = null)
    {
        while (true)
        {
            var item = await Next(what, atMost);
            if (fits(item))
                return item;
        }
    }

    /// <summary>Everything that has come and was not read.</summary>
    public IReadOnlyList<T> Drain()
    {
        var items = new List<T>();
        while (_events.Reader.TryRead(out var item))
            items.Add(item);
        return items;
    }
}
