namespace KioskLink.Node.Entrances;

/// <summary>Readers, keypad and display that belong together, on one side of a door.</summary>
/// <param name="Id">The entrance's id.</param>
/// <param name="DoorId">The door.</param>
/// <param name="HasKeypad">Whether a PIN can be typed here.</param>
/// <param name="Outdoors">Whether the patron stands outdoors, where texts say less.</param>
internal sealed record Entrance(string Id, string DoorId, bool HasKeypad, bool Outdoors);
