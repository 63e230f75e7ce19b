using KioskLink.Node.Hosting.Wiring;
using KioskLink.Rules.Premises;
using NodaTime;

namespace KioskLink.Node.Passages;

/// <summary>What is known of the people at one door. Used by one loop.</summary>
internal sealed class Doorway
{
    /// <summary>Nothing known yet.</summary>
    public Doorway(DoorConfig door, LobbyConfig? lobby, bool isInterlocked)
    {
        var hasContact = door.Inputs.Any(input => input.Role == InputConfig.ContactRole);
        Entries = new EntryWatch(hasContact);
        Tailgates = new TailgateWatch(door.TailgateAfter is { } span ? Duration.FromTimeSpan(span) : null);
        Inner = lobby?.Inner;
        Lobby = lobby is null ? null : new Lobby(Duration.FromTimeSpan(lobby.CarryFor), hasContact, isInterlocked);
    }

    /// <summary>Who of those whom it let in went through.</summary>
    public EntryWatch Entries { get; set; }

    /// <summary>Who may have come in behind another.</summary>
    public TailgateWatch Tailgates { get; set; }

    /// <summary>The lobby of which it is the outer door; null for other doors.</summary>
    public Lobby? Lobby { get; set; }

    /// <summary>The inner door of that lobby.</summary>
    public string? Inner { get; }
}
