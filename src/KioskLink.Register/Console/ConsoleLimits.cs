namespace KioskLink.Register.Console;

/// <summary>Every maximum of the console in one place.</summary>
internal static class ConsoleLimits
{
    /// <summary>Staff sessions at a time; one more ends the one that was idle longest.</summary>
    public const int StaffSessionsMax = 300;

    /// <summary>Sessions of patrons at a time; one more ends the one that was idle longest.</summary>
    public const int PatronSessionsMax = 2000;

    /// <summary>Live pages at a time, over all sessions.</summary>
    public const int StreamsMax = 100;

    /// <summary>Live pages of one session.</summary>
    public const int StreamsPerSessionMax = 4;

    /// <summary>Largest form in bytes.</summary>
    public const int FormBytesMax = 256 * 1024;

    /// <summary>Fields of one form: a week of hours has the most.</summary>
    public const int FormFieldsMax = 512;

    /// <summary>Rows of a page of a list.</summary>
    public const int PageRows = 50;

    /// <summary>Longest text that is searched for.</summary>
    public const int SearchTextMax = 100;

    /// <summary>How long staff may do nothing before they are signed out.</summary>
    public static readonly TimeSpan StaffIdleMax = TimeSpan.FromMinutes(15);

    /// <summary>How long a patron may do nothing before they are signed out.</summary>
    public static readonly TimeSpan PatronIdleMax = TimeSpan.FromMinutes(5);

    /// <summary>Longest session, however busy.</summary>
    public static readonly TimeSpan SessionMax = TimeSpan.FromHours(10);

    /// <summary>How long a page waits for the register.</summary>
    public static readonly TimeSpan CallPatience = TimeSpan.FromSeconds(10);

    /// <summary>How long a page waits for work over the whole register.</summary>
    public static readonly TimeSpan LongCallPatience = TimeSpan.FromMinutes(2);

    /// <summary>Frames of a line that a page shows.</summary>
    public const int TraceFrames = 60;

    /// <summary>How long a page watches a line.</summary>
    public static readonly TimeSpan TracePatience = TimeSpan.FromSeconds(5);

    /// <summary>How often a live page looks at the doors.</summary>
    public static readonly TimeSpan LiveEvery = TimeSpan.FromSeconds(2);
}
