using System.Threading.Channels;
using KioskLink.Devices.Readers;

namespace KioskLink.Devices;

/// <summary>Something a device, or the line it hangs on, has told. No event shows a card number or a key in its text form.</summary>
/// <param name="SourceId">The id of the device, or of the bus for <see cref="PortLost"/> and <see cref="PortBack"/>.</param>
/// <param name="At">When the last byte of it had arrived.</param>
public abstract record DeviceEvent(string SourceId, DateTimeOffset At)
{
    /// <summary>How many events may wait for their reader. A person at a door makes about one a second; this is minutes of them.</summary>
    public const int QueueLimit = 1024;

    /// <summary>A bounded channel for the events of any number of buses and scanners; several write, one reads.</summary>
    public static Channel<DeviceEvent> CreateQueue() =>
        Channel.CreateBounded<DeviceEvent>(new BoundedChannelOptions(QueueLimit) { SingleReader = true });
}

/// <summary>A card was presented.</summary>
/// <param name="SourceId">The reader.</param>
/// <param name="Card">What was read.</param>
/// <param name="Stale">The reader or the port may have kept it from before it was listened to: record it, decide nothing on it.</param>
/// <param name="At">When it arrived.</param>
public sealed record CardScanned(string SourceId, CardScan Card, bool Stale, DateTimeOffset At) : DeviceEvent(SourceId, At);

/// <summary>Keys were pressed.</summary>
/// <param name="SourceId">The keypad.</param>
/// <param name="Keys">The keys in order.</param>
/// <param name="Stale">They may have been pressed before the keypad was listened to.</param>
/// <param name="At">When they arrived.</param>
public sealed record KeysPressed(string SourceId, PinKeys Keys, bool Stale, DateTimeOffset At) : DeviceEvent(SourceId, At);

/// <summary>An input is active or no longer. At the start of each session every input is told once, before <see cref="DeviceOnline"/>.</summary>
/// <param name="SourceId">The device.</param>
/// <param name="Input">The input, from 0.</param>
/// <param name="Active">Its contact is active.</param>
/// <param name="At">When it arrived.</param>
public sealed record InputChanged(string SourceId, int Input, bool Active, DateTimeOffset At) : DeviceEvent(SourceId, At);

/// <summary>The line of a supervised input is cut or shorted, or in order again. While it is not, the input tells of no contact; afterwards its contact is told anew. Told when it changes, and at first only when it is not in order.</summary>
/// <param name="SourceId">The device.</param>
/// <param name="Input">The input, from 0.</param>
/// <param name="InOrder">Its line is in order.</param>
/// <param name="At">When it arrived.</param>
public sealed record InputLineReported(string SourceId, int Input, bool InOrder, DateTimeOffset At) : DeviceEvent(SourceId, At);

/// <summary>A device told the state of an output by itself.</summary>
/// <param name="SourceId">The device.</param>
/// <param name="Output">The output, from 0.</param>
/// <param name="Active">It is on.</param>
/// <param name="At">When it arrived.</param>
public sealed record OutputReported(string SourceId, int Output, bool Active, DateTimeOffset At) : DeviceEvent(SourceId, At);

/// <summary>A device's tamper switch or supply has changed, or is told for the first time in a session.</summary>
/// <param name="SourceId">The device.</param>
/// <param name="Tampered">The housing is open or torn off.</param>
/// <param name="PowerFault">The device's supply is at fault.</param>
/// <param name="At">When it arrived.</param>
public sealed record TamperChanged(string SourceId, bool Tampered, bool PowerFault, DateTimeOffset At) : DeviceEvent(SourceId, At);

/// <summary>One of the readers behind a device is in order or no longer. Told when it changes, and at first only when it is not in order.</summary>
/// <param name="SourceId">The device.</param>
/// <param name="Reader">The reader, from 0.</param>
/// <param name="State">How it is.</param>
/// <param name="At">When it arrived.</param>
public sealed record ReaderReported(string SourceId, int Reader, ReaderState State, DateTimeOffset At) : DeviceEvent(SourceId, At);

/// <summary>A device refuses to lock what was unlocked for a time, or has locked it after all. It is told to again for ever. Told when it changes, and at first only when it refuses.</summary>
/// <param name="SourceId">The device.</param>
/// <param name="Refused">It refuses: a lock may be open.</param>
/// <param name="At">When it was seen.</param>
public sealed record RelockReported(string SourceId, bool Refused, DateTimeOffset At) : DeviceEvent(SourceId, At);

/// <summary>A new session with a device is up: set its lights and text now, it may have lost them.</summary>
/// <param name="SourceId">The device.</param>
/// <param name="Identity">Who made it.</param>
/// <param name="Capabilities">What it can do.</param>
/// <param name="Security">What protects the session.</param>
/// <param name="At">When it came up.</param>
public sealed record DeviceOnline(string SourceId, DeviceIdentity Identity, DeviceCapabilities Capabilities, SessionSecurity Security, DateTimeOffset At)
    : DeviceEvent(SourceId, At)
{
    /// <summary>The name of the key it has shown to hold (<see cref="DeviceKeys.IdOf"/>); null under the install key and in clear.</summary>
    public string? KeyId { get; init; }
}

/// <summary>A device does not answer any more, or has not answered since the start. It is tried again for ever.</summary>
/// <param name="SourceId">The device.</param>
/// <param name="At">When it was given up for now.</param>
public sealed record DeviceOffline(string SourceId, DateTimeOffset At) : DeviceEvent(SourceId, At);

/// <summary>A device and this program do not agree on a key: a swapped reader, a lost key, or someone on the line. Told once per reason until a session is up.</summary>
/// <param name="SourceId">The device.</param>
/// <param name="Reason">What was wrong.</param>
/// <param name="At">When it was seen.</param>
public sealed record KeyAlarm(string SourceId, KeyAlarmReason Reason, DateTimeOffset At) : DeviceEvent(SourceId, At);

/// <summary>A session with a device's new key is up: the old one opens nothing any more.</summary>
/// <param name="SourceId">The device.</param>
/// <param name="At">When it came up.</param>
public sealed record KeyChanged(string SourceId, DateTimeOffset At) : DeviceEvent(SourceId, At);

/// <summary>The port has vanished or cannot be opened. It is tried again for ever.</summary>
/// <param name="SourceId">The bus or scanner.</param>
/// <param name="Sentence">What is wrong and how to mend it.</param>
/// <param name="At">When it was seen.</param>
public sealed record PortLost(string SourceId, string Sentence, DateTimeOffset At) : DeviceEvent(SourceId, At);

/// <summary>The port is open again, or for the first time.</summary>
/// <param name="SourceId">The bus or scanner.</param>
/// <param name="At">When it opened.</param>
public sealed record PortBack(string SourceId, DateTimeOffset At) : DeviceEvent(SourceId, At);

/// <summary>How a reader behind a device is.</summary>
public enum ReaderState
{
    /// <summary>Nothing is wrong with it.</summary>
    InOrder,

    /// <summary>It is not connected.</summary>
    NotConnected,

    /// <summary>It is open or torn off.</summary>
    Tampered,
}

/// <summary>What protects a session with a device.</summary>
public enum SessionSecurity
{
    /// <summary>Nothing: anyone on the wire reads cards and keys.</summary>
    Clear,

    /// <summary>The install key every device knows: good for setting a key on a bench.</summary>
    InstallKey,

    /// <summary>The device's own key.</summary>
    OwnKey,
}

/// <summary>Why a device's key is not accepted.</summary>
public enum KeyAlarmReason
{
    /// <summary>The device holds another key than this program.</summary>
    KeyMismatch,

    /// <summary>The device answered with another kind of key than asked for: it has fallen back to, or was never taken out of, its install key.</summary>
    WrongKeyKind,

    /// <summary>The device refuses a secure channel: it has lost its key, or cannot do one.</summary>
    SecureChannelRefused,

    /// <summary>The device, or someone in its place, answered in clear inside a secure session.</summary>
    ClearReply,

    /// <summary>The time in which a device may be spoken to with the install key is over.</summary>
    InstallTimeOver,
}
