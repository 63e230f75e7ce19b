using KioskLink.Register.Store;
using KioskLink.Rules.Pins;
using NodaTime;

namespace KioskLink.Register.Cards;

/// <summary>Which devices are slowed for trying wrong PINs over many cards (domain facts 3.2). Thread-safe.</summary>
internal sealed class SlowDevices
{
    /// <summary>
    /// Devices that are remembered. Beyond it those without a failure that counts are forgotten, then callers without a certificate, who
    /// may have as many names as they like, and doors only where all that is not enough.
    /// </summary>
    public const int DevicesMax = 10_000;

    private readonly Dictionary<string, DeviceSlowdown> _devices = new(StringComparer.Ordinal);

    /// <summary>Whether the device may not try now.</summary>
    public bool MustWait(string device, Instant now)
    {
        lock (_devices)
        {
            return _devices.TryGetValue(device, out var slowdown) && slowdown.WaitBefore(now) > Duration.Zero;
        }
    }

    /// <summary>Failures of the device that count now.</summary>
    public int FailuresOf(string device, Instant now)
    {
        lock (_devices)
        {
            return _devices.GetValueOrDefault(device, DeviceSlowdown.None).FailuresAt(now);
        }
    }

    /// <summary>Notes a wrong PIN or an unknown card; true when the device becomes slow with it.</summary>
    public bool Fail(string device, BlindIndex card, Instant now)
    {
        lock (_devices)
        {
            if (_devices.Count >= DevicesMax && !_devices.ContainsKey(device))
            {
                MakeRoom(now);
            }

            var before = _devices.GetValueOrDefault(device, DeviceSlowdown.None);
            var after = before.Fail(card.ToBytes(), now);
            _devices[device] = after;
            return after.IsSlow(now) && !before.IsSlow(now);
        }
    }

    private void MakeRoom(Instant now)
    {
        Forget((_, slowdown) => slowdown.FailuresAt(now) == 0);
        Forget((device, _) => PinTry.IsStranger(device));
        Forget((_, _) => true);
    }

    private void Forget(Func<string, DeviceSlowdown, bool> may)
    {
        if (_devices.Count < DevicesMax)
        {
            return;
        }

        foreach (var (device, slowdown) in _devices)
        {
            if (may(device, slowdown))
            {
                _devices.Remove(device);
            }
        }
    }
}
