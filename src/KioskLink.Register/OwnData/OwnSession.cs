namespace KioskLink.Register.OwnData;

/// <summary>A patron's session in the own view.</summary>
/// <param name="PatronId">The patron.</param>
/// <param name="CardId">The card with which it was opened.</param>
/// <param name="PinSalt">Salt of that card's PIN: another PIN ends the session.</param>
/// <param name="Device">Where it was begun.</param>
internal sealed record OwnSession(long PatronId, long CardId, byte[] PinSalt, string Device)
{
    private const string Prefix = "patron-";

    /// <summary>The actor of what the patron changes.</summary>
    public string Actor => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Prefix}{PatronId}");

    /// <summary>Whether an actor is a patron in the own view.</summary>
    public static bool IsActor(string name) => name.StartsWith(Prefix, StringComparison.Ordinal) && name.Length > Prefix.Length && name.AsSpan(Prefix.Length).IndexOfAnyExceptInRange('0', '9') < 0;
}
