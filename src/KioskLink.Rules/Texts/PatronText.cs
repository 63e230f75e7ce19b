using KioskLink.Rules.Access;

namespace KioskLink.Rules.Texts;

/// <summary>What a patron reads after a decision.</summary>
/// <param name="Key">Key of the text; several codes share one, so that a finder of a card learns nothing.</param>
/// <param name="Text">The text.</param>
/// <param name="Language">Its language.</param>
public sealed record PatronText(string Key, string Text, Language Language);
