using KioskLink.Node.Entrances;

namespace KioskLink.Node.Panel;

/// <summary>What an entrance's panel shows.</summary>
/// <param name="Sign">The sign.</param>
/// <param name="Text">The text, in the door's first language until there is a decision.</param>
/// <param name="Tones">The last row of tones; null before the first.</param>
/// <param name="Sounded">How many rows of tones there have been: a browser sounds one when this has grown.</param>
/// <param name="Version">Grows with every change.</param>
internal sealed record PanelShown(Sign Sign, string Text, Tones? Tones, int Sounded, long Version);
