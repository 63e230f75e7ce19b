namespace KioskLink.Sip2.Wire;

/// <summary>The width of the summary in which 63 says what list it asks for.</summary>
internal static class PatronListText
{
    public const int Length = 10;
}
