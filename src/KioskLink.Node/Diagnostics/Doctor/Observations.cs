using KioskLink.Devices.Osdp;
using KioskLink.Devices.Profiles;

namespace KioskLink.Node.Diagnostics.Doctor;

/// <summary>All that a doctor has seen of a node at one moment. Nothing in it is a person's.</summary>
internal sealed record Observations
{
    /// <summary>The node apart from its devices.</summary>
    public required NodeSight Node { get; init; }

    /// <summary>The lines.</summary>
    public required IReadOnlyList<LineSight> Lines { get; init; }

    /// <summary>The devices.</summary>
    public required IReadOnlyList<DeviceSight> Devices { get; init; }

    /// <summary>The doors.</summary>
    public required IReadOnlyList<DoorSight> Doors { get; init; }
}

/// <summary>What a doctor has seen of a node apart from its devices.</summary>
/// <param name="LinkOnline">The register answers.</param>
/// <param name="LinkFor">Since how long the link is as it is.</param>
/// <param name="ClockTrusted">Its time is vouched for.</param>
/// <param name="ReplicaComplete">It holds whole facts.</param>
/// <param name="FactsAge">How old they are.</param>
/// <param name="JournalProblem">What is wrong with the journal's chain; null when it holds.</param>
/// <param name="DiskFree">Bytes free where its data lie.</param>
internal sealed record NodeSight(
    bool LinkOnline, TimeSpan LinkFor, bool ClockTrusted, bool ReplicaComplete, TimeSpan FactsAge, string? JournalProblem, long DiskFree);

/// <summary>What a doctor has seen of a line.</summary>
/// <param name="Id">The line.</param>
/// <param name="Path">Its port.</param>
/// <param name="Baud">Its speed.</param>
/// <param name="PortProblem">Why its port is not open; null when it is.</param>
/// <param name="Quality">What it carries beside replies; null where nobody listens for that.</param>
/// <param name="Found">What a search for its silent devices found.</param>
/// <param name="EventsDropped">How much that it told was lost, since nothing took it in time.</param>
internal sealed record LineSight(string Id, string Path, int Baud, string? PortProblem, LineQuality? Quality, IReadOnlyList<FoundDevice> Found, long EventsDropped = 0);

/// <summary>What a doctor has seen of a device.</summary>
/// <param name="LineId">Its line.</param>
/// <param name="Status">How it is.</param>
/// <param name="Model">What its profile says; null for none.</param>
/// <param name="IsBoard">It is a relay board.</param>
internal sealed record DeviceSight(string LineId, DeviceStatus Status, DeviceProfile? Model, bool IsBoard);

/// <summary>What a doctor has seen of a door.</summary>
/// <param name="Id">The door.</param>
/// <param name="Contact">What its contact has told; null for a door without one.</param>
/// <param name="IsSaidClosed">Who asks has said that the door is closed.</param>
/// <param name="IsCommissioned">Its sheet is signed.</param>
internal sealed record DoorSight(string Id, ContactRecord? Contact, bool IsSaidClosed, bool IsCommissioned);
