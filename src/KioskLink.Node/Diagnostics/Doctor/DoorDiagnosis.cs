namespace KioskLink.Node.Diagnostics.Doctor;

/// <summary>A door: its contact and its signed sheet.</summary>
internal static class DoorDiagnosis
{
    /// <summary>Its lines of the sheet.</summary>
    public static IEnumerable<Finding> Of(DoorSight door)
    {
        yield return OfContact(door);
        if (!door.IsCommissioned)
            yield return Finding.Warn("NOT_COMMISSIONED", door.Id, "Nobody has signed that leaving and locking were checked with the node stopped.", "Go through \"Commissioning\" of hardware/reference-door and write the result under \"commissioned\" in node.json.");
    }

    private static Finding OfContact(DoorSight door) => door.Contact switch
    {
        null => Finding.Pass(door.Id, "It has no contact, or the contact has told nothing yet."),
        { IsOpen: true } when door.IsSaidClosed || door.Contact.LooksInverted => Finding.Fail(
            "CONTACT_INVERTED", door.Id,
            door.IsSaidClosed ? "The door is closed, and its contact says open." : $"Its contact says open nearly always, and closed for a moment {door.Contact.BriefClosings} times, as people went through.",
            "Write the other word under \"activeWhen\" of its contact in node.json, or exchange the contact's two wires for the other kind (normally open, normally closed)."),
        { IsOpen: true } => Finding.Warn("DOOR_OPEN", door.Id, "Its contact says open.", "Close the door; if it is closed, ask again with --doors-closed."),
        _ => Finding.Pass(door.Id, "Its contact says closed."),
    };
}
