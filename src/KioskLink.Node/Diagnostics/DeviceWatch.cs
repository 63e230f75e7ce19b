using System.Collections.Concurrent;
using KioskLink.Devices;
using KioskLink.Node.Diagnostics.Doctor;
using KioskLink.Node.Doors;
using KioskLink.Node.Hosting.Wiring;
using KioskLink.Rules.Doors;

namespace KioskLink.Node.Diagnostics;

/// <summary>Keeps what technicians want to know of what devices have told: never a card, never a key. Thread-safe.</summary>
internal sealed class DeviceWatch(IReadOnlyList<DoorConfig> doors, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, int> _keys = new();
    private readonly ConcurrentDictionary<string, int> _reads = new();
    private readonly ConcurrentDictionary<string, string> _lostPorts = new();
    private readonly ConcurrentDictionary<string, ContactRecord> _contacts = new();
    private readonly ConcurrentDictionary<string, Arrivals> _ports = new();
    private readonly ConcurrentDictionary<string, Arrivals> _sessions = new();
    private readonly long _start = time.GetTimestamp();

    /// <summary>Takes an event of any device or line; returns at once.</summary>
    public void Take(DeviceEvent happened)
    {
        switch (happened)
        {
            case KeysPressed { Stale: false } pressed:
                _keys.AddOrUpdate(pressed.SourceId, pressed.Keys.Keys.Length, (_, count) => count + pressed.Keys.Keys.Length);
                break;
            case CardScanned { Stale: false } scanned:
                _reads.AddOrUpdate(scanned.SourceId, 1, (_, count) => count + 1);
                break;
            case PortLost lost:
                _lostPorts[lost.SourceId] = lost.Sentence;
                break;
            case PortBack back:
                _ports[back.SourceId] = ArrivalsOfPort(back.SourceId).Next(time.GetTimestamp());
                _lostPorts.TryRemove(back.SourceId, out _);
                break;
            case DeviceOnline online:
                _sessions[online.SourceId] = ArrivalsOf(online.SourceId).Next(time.GetTimestamp());
                break;
            case InputChanged changed:
                TakeContact(changed);
                break;
        }
    }

    /// <summary>How many keys have been pressed at a device since the start.</summary>
    public int KeysPressedAt(string deviceId) => _keys.GetValueOrDefault(deviceId);

    /// <summary>How many cards or codes a device has read since the start.</summary>
    public int ReadsAt(string deviceId) => _reads.GetValueOrDefault(deviceId);

    /// <summary>Why a port is not open; null when it is.</summary>
    /// <param name="busId">The line, or the reader that is alone on it: its port bears its name.</param>
    public string? PortProblemOf(string busId) => _lostPorts.GetValueOrDefault(busId);

    /// <summary>How often a port has been opened, and when last; named as in <see cref="PortProblemOf"/>.</summary>
    public Arrivals ArrivalsOfPort(string busId) => _ports.GetValueOrDefault(busId);

    /// <summary>How often a session with a device has come up, and when last. Told after all that came before it on the line, the port's return too.</summary>
    public Arrivals ArrivalsOf(string deviceId) => _sessions.GetValueOrDefault(deviceId);

    /// <summary>What the contact of a door has told; null for a door without one.</summary>
    public ContactRecord? ContactOf(string doorId) => _contacts.GetValueOrDefault(doorId);

    private void TakeContact(InputChanged changed)
    {
        foreach (var door in doors)
            foreach (var input in door.Inputs)
                if (input.Device == changed.SourceId && input.Input == changed.Input && DoorWiring.Meaning(input, changed) is ContactChanged contact)
                    _contacts[door.Id] = ContactRecord.After(_contacts.GetValueOrDefault(door.Id), contact.IsOpen, time.GetElapsedTime(_start));
    }
}

/// <summary>How often something has come, and when last.</summary>
/// <param name="Count">How often.</param>
/// <param name="At">When last, as a timestamp of the clock; of no meaning before the first.</param>
internal readonly record struct Arrivals(int Count, long At)
{
    /// <summary>It has come again.</summary>
    public Arrivals Next(long at) => new(Count + 1, at);
}
