using System.Threading.Channels;

namespace KioskLink.Register.Sync;

/// <summary>Wakes one sleeper; waking it twice before it looks is waking it once. Thread-safe.</summary>
internal sealed class WakeSignal
{
    private readonly Channel<bool> _bell = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Wakes the sleeper.</summary>
    public void Wake() => _bell.Writer.TryWrite(true);

    /// <summary>Waits until it is woken.</summary>
    public async ValueTask WaitAsync(CancellationToken cancel) => await _bell.Reader.ReadAsync(cancel);
}
