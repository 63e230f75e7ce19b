namespace KioskLink.Node.Desk;

/// <summary>What this node's replica says about a card, for the person at the desk. No number, no name.</summary>
/// <param name="Code">The word for it, a key of the desk's texts.</param>
/// <param name="Tone">`good`, `warn` or `bad`.</param>
/// <param name="FactsAge">How old the facts are, for people; empty while there are none.</param>
/// <param name="LastDigits">The last digits of the number, so that it can be compared with the card.</param>
public sealed record DeskAnswer(string Code, string Tone, string FactsAge, string LastDigits);
