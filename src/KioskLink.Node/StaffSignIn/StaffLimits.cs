namespace KioskLink.Node.StaffSignIn;

/// <summary>The limits of staff at the node's own pages.</summary>
internal static class StaffLimits
{
    /// <summary>How long an account may sign in without the register after it last did with it (`staffOfflineFor`).</summary>
    public static readonly TimeSpan OfflineFor = TimeSpan.FromDays(14);

    /// <summary>Accounts that are kept for that; the one that ends first makes room.</summary>
    public const int AccountsMax = 32;

    /// <summary>Wrong passwords of one account within <see cref="GuessWindow"/>, as many as lock it at the register.</summary>
    public const int GuessesPerAccount = 5;

    /// <summary>Wrong passwords of one account within a day.</summary>
    public const int GuessesPerAccountAndDay = 20;

    /// <summary>Wrong passwords from one source within <see cref="GuessWindow"/>, whosesoever.</summary>
    public const int GuessesPerSource = 20;

    /// <summary>Over what wrong passwords count.</summary>
    public static readonly TimeSpan GuessWindow = TimeSpan.FromMinutes(15);

    /// <summary>Sources whose guesses are remembered.</summary>
    public const int SourcesMax = 256;

    /// <summary>Sign-ins of one source within a minute, right or wrong.</summary>
    public const int TriesPerMinute = 20;

    /// <summary>Sign-ins that wait for their turn.</summary>
    public const int WaitingMax = 8;

    /// <summary>How long the register may take for a sign-in; its password hash is slower than a door's, and others may wait for theirs.</summary>
    public static readonly TimeSpan AskFor = TimeSpan.FromSeconds(8);

    /// <summary>How often the register is asked whether the accounts are still as they were.</summary>
    public static readonly TimeSpan CheckEvery = TimeSpan.FromSeconds(5);

    /// <summary>How long a session lives without being used.</summary>
    public static readonly TimeSpan IdleMax = TimeSpan.FromMinutes(15);

    /// <summary>How long a session lives.</summary>
    public static readonly TimeSpan SessionMax = TimeSpan.FromHours(8);

    /// <summary>Sessions at a time; the one that was idle longest ends.</summary>
    public const int SessionsMax = 16;

    /// <summary>Live parts of pages that one session may hold open.</summary>
    public const int StreamsPerSession = 4;

    /// <summary>The longest user name.</summary>
    public const int NameMax = 32;

    /// <summary>The longest password, bytes.</summary>
    public const int PasswordMax = 128;
}
