namespace KioskLink.Sip2.Wire;

/// <summary>The width of a patron's status in a message.</summary>
internal static class PatronFlagsText
{
    public const int Length = 14;
}
