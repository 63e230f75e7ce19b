using KioskLink.Register.Profiles;

namespace KioskLink.Register.Notices;

/// <summary>The versions of a register's notice (R4). Pure.</summary>
internal static class NoticeShelf
{
    /// <summary>The versions, newest first.</summary>
    public static IReadOnlyList<NoticeProfile> Versions(ConsortiumProfile profile, RegisterKind register) =>
        [.. profile.Notices.Where(notice => notice.Register == register).OrderByDescending(notice => notice.Date, StringComparer.Ordinal)];

    /// <summary>The version in force on a day; null before the first.</summary>
    /// <param name="profile">The consortium.</param>
    /// <param name="register">The register.</param>
    /// <param name="day">The day, ISO 8601.</param>
    public static NoticeProfile? On(ConsortiumProfile profile, RegisterKind register, string day) =>
        Versions(profile, register).FirstOrDefault(notice => string.CompareOrdinal(notice.Date, day) <= 0);

    /// <summary>The day on which another version took a version's place, ISO 8601; empty for the newest.</summary>
    public static string SupersededOn(ConsortiumProfile profile, NoticeProfile notice) =>
        Versions(profile, notice.Register).LastOrDefault(other => string.CompareOrdinal(other.Date, notice.Date) > 0)?.Date ?? "";
}
