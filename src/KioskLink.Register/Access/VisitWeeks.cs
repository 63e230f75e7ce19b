using KioskLink.Register.Facts;
using KioskLink.Register.Store;
using KioskLink.Rules.Branches;
using NodaTime;

namespace KioskLink.Register.Access;

/// <summary>
/// The last grants by card and branch once the door log no longer tells whose the entries were (R63). Nodes hold a card for as long as
/// the branch's <c>visited_for</c> says, and need to know until when and which branch comes first, but no time: of each grant the week
/// is left. So a stay may end up to six days early, and never late.
/// </summary>
internal static class VisitWeeks
{
    private const string Due = """
        SELECT card_id, branch_id, granted_at FROM visits
        WHERE consortium = $consortium AND by_week = 0 AND granted_at < $cutoff ORDER BY granted_at LIMIT $max
        """;

    // After the week's start stands how many of the card's branches come before: their order is kept, the time is not.
    private const string Blur = """
        UPDATE visits SET by_week = 1, granted_at = $week + (
            SELECT count(*) FROM visits o WHERE o.card_id = $card AND o.granted_at >= $week AND o.granted_at < $at)
        WHERE card_id = $card AND branch_id = $branch
        """;

    /// <summary>Leaves the week of grants before the cutoff; the cards are touched, so that memory and nodes say the same.</summary>
    /// <param name="scope">The unit of work.</param>
    /// <param name="cutoff">UTC milliseconds.</param>
    /// <param name="max">At most so many.</param>
    /// <returns>How many there were.</returns>
    public static int Forget(WriteScope scope, long cutoff, int max)
    {
        var due = Read(scope, cutoff, max);
        foreach (var (card, branch, at) in due)
        {
            Sql.Run(scope.Db, Blur, ("$card", card), ("$branch", branch), ("$at", at), ("$week", WeekOf(at)));
            scope.Touch(EntityId.Card(card));
        }

        return due.Count;
    }

    /// <summary>The start of the ISO week in Helsinki that holds a time, both in UTC milliseconds.</summary>
    public static long WeekOf(long at)
    {
        var date = OpeningCalendar.DateAt(Instant.FromUnixTimeMilliseconds(at));
        var monday = date.DayOfWeek == IsoDayOfWeek.Monday ? date : date.Previous(IsoDayOfWeek.Monday);
        return OpeningCalendar.Zone.AtStartOfDay(monday).ToInstant().ToUnixTimeMilliseconds();
    }

    private static List<(long Card, string Branch, long At)> Read(WriteScope scope, long cutoff, int max)
    {
        using var select = scope.Command(Due, ("$consortium", scope.Consortium), ("$cutoff", cutoff), ("$max", max));
        using var reader = select.ExecuteReader();
        var due = new List<(long, string, long)>();
        while (reader.Read())
        {
            due.Add((reader.GetInt64(0), reader.GetString(1), reader.GetInt64(2)));
        }

        return due;
    }
}
