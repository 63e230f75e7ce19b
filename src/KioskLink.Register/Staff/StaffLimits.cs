namespace KioskLink.Register.Staff;

/// <summary>The limits of accounts and sessions.</summary>
internal static class StaffLimits
{
    /// <summary>How long a one-time secret may wait for its person.</summary>
    public static readonly TimeSpan SetUpFor = TimeSpan.FromDays(7);

    /// <summary>How long a person's session lives without a call.</summary>
    public static readonly TimeSpan IdleOfPersons = TimeSpan.FromMinutes(30);

    /// <summary>How long a person's session lives: a working day.</summary>
    public static readonly TimeSpan SessionOfPersons = TimeSpan.FromHours(12);

    /// <summary>How long a machine's session lives without a call.</summary>
    public static readonly TimeSpan IdleOfRobots = TimeSpan.FromHours(1);

    /// <summary>How long a machine's session lives.</summary>
    public static readonly TimeSpan SessionOfRobots = TimeSpan.FromHours(24);

    /// <summary>How long failures shut a place out of an account, or every place but its known devices.</summary>
    public static readonly TimeSpan Lockout = TimeSpan.FromMinutes(15);

    /// <summary>Failures of one place that shut it out of an account.</summary>
    public const int FailuresMax = 5;

    /// <summary>Failures of all places together that shut every place but known devices out of an account: ten places' worth.</summary>
    public const int FailuresOfAllMax = 50;

    /// <summary>How long a failure counts, and its place is kept.</summary>
    public static readonly TimeSpan FailuresKept = TimeSpan.FromDays(1);

    /// <summary>How long a device stays known for an account without a sign-in.</summary>
    public static readonly TimeSpan DeviceKept = TimeSpan.FromDays(365);

    /// <summary>Devices that are known for an account at a time; the one used longest ago is forgotten.</summary>
    public const int DevicesMax = 16;

    /// <summary>Sessions of one account at a time, one a device; the oldest ends.</summary>
    public const int SessionsMax = 3;

    /// <summary>Shortest password, characters.</summary>
    public const int PasswordMin = 12;

    /// <summary>Longest password, bytes.</summary>
    public const int PasswordMax = 128;

    /// <summary>Passwords that are hashed at once: doors need the rest of the processor.</summary>
    public const int HashesMax = 2;

    /// <summary>Sign-ins of one source that run or wait for their hash.</summary>
    public const int WaitingPerSourceMax = 10;

    /// <summary>Iterations of the password hash (PBKDF2-HMAC-SHA512).</summary>
    public const int HashIterations = 210_000;
}
