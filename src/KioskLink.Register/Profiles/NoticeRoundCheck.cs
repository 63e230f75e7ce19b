namespace KioskLink.Register.Profiles;

/// <summary>What the round of notices must keep to.</summary>
internal static class NoticeRoundCheck
{
    private const int DueSoonMax = 30;
    private const int OverdueMax = 365;
    private const int RemindersMax = 5;

    /// <summary>The first thing that is wrong, naming the key and the mend; null when all is well.</summary>
    public static string? Problem(NoticeRoundProfile round)
    {
        if (round.DueSoonDays is < 0 or > DueSoonMax)
        {
            return $"`noticeRound.dueSoonDays` must lie between 0 and {DueSoonMax}: change it.";
        }

        var days = round.OverdueDays;
        return days.Count > RemindersMax || days.Any(day => day is < 1 or > OverdueMax) || days.Zip(days.Skip(1)).Any(pair => pair.First >= pair.Second)
            ? $"`noticeRound.overdueDays` must be at most {RemindersMax} days between 1 and {OverdueMax}, growing: change them."
            : null;
    }
}
