using System.Globalization;
using System.Text;
using KioskLink.Rules.Access;
using NodaTime;
using NodaTime.Text;
using NodaTime.TimeZones;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Events;

/// <summary>Says in words where a door did otherwise than the register would have: `let in 19:02, banned 18:40`.</summary>
internal static class JudgedDifference
{
    private static readonly DateTimeZone Helsinki = TzdbDateTimeZoneSource.Default.ForId("Europe/Helsinki");
    private static readonly LocalTimePattern Clock = LocalTimePattern.CreateWithInvariantCulture("HH:mm");
    private static readonly LocalDateTimePattern DateAndClock = LocalDateTimePattern.CreateWithInvariantCulture("d.M.yyyy HH:mm");

    /// <summary>The difference; empty when both let in or both kept out.</summary>
    public static string InWords(Wire.RecordOpen open, Decision judged, Rules.Access.Facts facts, string branchId, Instant at)
    {
        if (open.Granted == judged.Granted) return "";
        var time = Clock.Format(at.InZone(Helsinki).TimeOfDay);
        return open.Granted
            ? $"let in {time}, {Reason(judged.Code, facts, branchId, at)}"
            : $"kept out {time} ({Name((DecisionCode)open.Code)}), the register would have let in";
    }

    /// <summary>A code as the wire and people write it: `SELF_SERVICE_BAN`.</summary>
    public static string Name(DecisionCode code)
    {
        var name = new StringBuilder();
        foreach (var letter in code.ToString())
        {
            if (char.IsUpper(letter) && name.Length > 0) name.Append('_');
            name.Append(char.ToUpper(letter, CultureInfo.InvariantCulture));
        }

        return name.ToString();
    }

    private static string Reason(DecisionCode code, Rules.Access.Facts facts, string branchId, Instant at) => code switch
    {
        DecisionCode.UseBan => $"banned {Since(facts, BanKind.Use, branchId, at)}",
        DecisionCode.SelfServiceBan => $"banned {Since(facts, BanKind.SelfService, branchId, at)}",
        DecisionCode.LoanBan => $"banned {Since(facts, BanKind.Loan, branchId, at)}",
        DecisionCode.CardLost => "card lost",
        DecisionCode.CardExpired => "card expired",
        DecisionCode.PinLocked => "card locked",
        DecisionCode.BadgeRefused => "badge refused",
        _ => $"the register says {Name(code)}",
    };

    private static string Since(Rules.Access.Facts facts, BanKind kind, string branchId, Instant at)
    {
        var start = ((CardFacts)facts).Bans.First(ban => ban.Kind == kind && ban.IsInForce(branchId, at)).Start.InZone(Helsinki).LocalDateTime;
        return start.Date == at.InZone(Helsinki).Date ? Clock.Format(start.TimeOfDay) : DateAndClock.Format(start);
    }
}
