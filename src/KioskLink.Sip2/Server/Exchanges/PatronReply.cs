using KioskLink.Sip2.Circulation;

namespace KioskLink.Sip2.Server.Exchanges;

/// <summary>What 24, 26 and 64 say alike of a patron, each machine its own fields.</summary>
internal static class PatronReply
{
    /// <summary>The flags that the machine is told.</summary>
    public static PatronFlags Flags(PatronAnswer answer, DeviceProfile profile) => answer.Standing switch
    {
        PatronStanding.Good => answer.Flags & profile.ShownFlags,
        PatronStanding.Refused => (answer.Flags & profile.ShownFlags) | profile.RefusedFlags,
        _ => PatronFlags.AllDenied,
    };

    /// <summary>BL. Doors and PC booking hear yes or no; a machine that lends hears whether there is such a patron, and reads the flags.</summary>
    public static bool IsValid(PatronAnswer answer, DeviceProfile profile) =>
        answer.Standing == PatronStanding.Good || (answer.Standing == PatronStanding.Refused && profile.Role == DeviceRole.SelfCheck);

    /// <summary>CQ: told where a PIN was sent, also an empty one, which is never right.</summary>
    public static bool? PinIsRight(PatronAnswer answer, Secret? pin) => pin is null ? null : IsProven(answer, pin);

    /// <summary>Whether the machine may know what the patron has and owes: one that lends, after a right PIN (R22, R31).</summary>
    public static bool ShowsLoans(PatronAnswer answer, DeviceProfile profile, Secret? pin) => profile.Role == DeviceRole.SelfCheck && IsProven(answer, pin);

    /// <summary>Whether the machine may know who the patron is.</summary>
    public static bool ShowsName(PatronAnswer answer, DeviceProfile profile, Secret? pin) =>
        answer.Standing != PatronStanding.Unknown && profile.Role == DeviceRole.SelfCheck && (!profile.DetailsNeedPin || IsProven(answer, pin));

    private static bool IsProven(PatronAnswer answer, Secret? pin) =>
        pin is { IsEmpty: false } && answer is { Pin: PinVerdict.Right, Standing: not PatronStanding.Unknown };
}
