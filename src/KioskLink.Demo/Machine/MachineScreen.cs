namespace KioskLink.Demo.Machine;

/// <summary>What the machine shows its patron. It holds no PIN and no card number.</summary>
/// <param name="Phase">Where it is in a visit.</param>
/// <param name="Language">`fi`, `sv` or `en`.</param>
/// <param name="Tone">How the headline sounds: `plain`, `good` or `bad`.</param>
/// <param name="Headline">The sentence on its screen.</param>
/// <param name="Lines">More of it, a line each.</param>
/// <param name="Plate">What lies on its shelf.</param>
/// <param name="Receipt">What was lent, returned and renewed in this visit, a line each.</param>
/// <param name="Words">The labels of its buttons in its language.</param>
internal sealed record MachineScreen(
    string Phase, string Language, string Tone, string Headline, IReadOnlyList<string> Lines, IReadOnlyList<PlateItem> Plate, IReadOnlyList<string> Receipt, IReadOnlyDictionary<string, string> Words);

/// <summary>An item on the machine's shelf.</summary>
/// <param name="Barcode">Its barcode.</param>
/// <param name="Title">Its title, as the library system told it.</param>
/// <param name="Tone">How the last word about it sounds: `plain`, `good` or `bad`.</param>
/// <param name="Text">The last word about it.</param>
internal sealed record PlateItem(string Barcode, string Title, string Tone, string Text);

/// <summary>A message on the machine's wire as the page shows it.</summary>
/// <param name="Time">When, to the millisecond.</param>
/// <param name="FromMachine">The machine said it.</param>
/// <param name="Code">The two digits that begin it.</param>
/// <param name="Name">What it is.</param>
/// <param name="Line">The message as it was spoken, secrets masked.</param>
/// <param name="Fields">Its fields in words.</param>
internal sealed record WireLine(string Time, bool FromMachine, string Code, string Name, string Line, IReadOnlyList<WireField> Fields);

/// <summary>A field of a message in words.</summary>
internal sealed record WireField(string Id, string Name, string Value, string Meaning);
