namespace KioskLink.Testing;

/// <summary>Whether the long form of the tests is asked for: <c>bash tests/run.sh --long</c> sets <c>KIOSKLINK_LONG=1</c>, and no other value asks for it.</summary>
public static class LongRun
{
    /// <summary>More cases, more seeds, more kills.</summary>
    public static bool IsAsked { get; } = Environment.GetEnvironmentVariable("KIOSKLINK_LONG") == "1";
}
