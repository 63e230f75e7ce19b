namespace KioskLink.Sip2;

/// <summary>A field outside SIP2. Its name means something else at each vendor; profiles say what.</summary>
/// <param name="Id">A capital letter and a capital letter or digit.</param>
/// <param name="Value">Its text; never in a log, since it may be a date of birth.</param>
public sealed record ExtraField(string Id, string Value)
{
    /// <summary>Whether a name can stand in a message: a capital letter, then a capital letter or a digit; AY and AZ belong to error detection.</summary>
    public static bool IsId(string id) =>
        id is [>= 'A' and <= 'Z', (>= 'A' and <= 'Z') or (>= '0' and <= '9')] and not "AY" and not "AZ";

    /// <summary>The name alone.</summary>
    public override string ToString() => Id;
}
