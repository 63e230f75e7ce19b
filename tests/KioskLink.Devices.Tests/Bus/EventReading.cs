using System.Threading.Channels;

namespace KioskLink.Devices.Tests.Bus;

/// <summary>Waits for an event of a line.</summary>
internal static class EventReading
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>The next event of a kind, those before it passed over.</summary>
    public static async Task<T> NextAsync<T>(this ChannelReader<DeviceEvent> events)
        where T : DeviceEvent
    {
        using var patience = new CancellationTokenSource(Patience);
        await foreach (var next in events.ReadAllAsync(patience.Token))
            if (next is T wanted)
                return wanted;
        throw new InvalidOperationException("the events have ended");
    }
}
