using KioskLink.Protos.Types.V1;
using KioskLink.Register.Console.Forms;
using KioskLink.Register.Console.Texts;
using Microsoft.Extensions.Primitives;

namespace KioskLink.Register.Console.Hours;

/// <summary>The hours of a branch as fields of a form: for each day and each exception one text a kind of period.</summary>
internal static class HoursForm
{
    /// <summary>The days in their order.</summary>
    public static readonly IReadOnlyList<Weekday> Days =
        [Weekday.Monday, Weekday.Tuesday, Weekday.Wednesday, Weekday.Thursday, Weekday.Friday, Weekday.Saturday, Weekday.Sunday];

    /// <summary>The kinds that have a field, by the end of the field's name.</summary>
    public static readonly IReadOnlyList<(string Name, PeriodKind Kind)> Kinds =
        [("staffed", PeriodKind.Staffed), ("self", PeriodKind.SelfService), ("closed", PeriodKind.Closed)];

    /// <summary>The fields as the hours stand.</summary>
    public static (string Field, StringValues Value)[] Fields(OpeningHours hours) =>
    [
        .. from day in Days
           let periods = hours.Week.Where(week => week.Weekday == day).SelectMany(week => week.Periods)
           from kind in Kinds
           select ($"{day}.{kind.Name}", new StringValues(HoursText.Write(periods, kind.Kind))),
    ];

    /// <summary>The week that was typed. What cannot be read is told at its field.</summary>
    public static void ReadWeek(FormState form, OpeningHours hours, Words words)
    {
        hours.Week.Clear();
        foreach (var day in Days)
        {
            var week = new WeekdayHours { Weekday = day };
            foreach (var (name, kind) in Kinds)
            {
                if (ReadField(form, $"{day}.{name}", kind, words) is { } periods) week.Periods.AddRange(periods);
            }

            if (week.Periods.Count > 0) hours.Week.Add(week);
        }
    }

    /// <summary>An exception that was typed; null where its date or a period cannot be read.</summary>
    public static ExceptionHours? ReadException(FormState form, Words words)
    {
        var exception = new ExceptionHours { Date = form.Text("date"), Note = form.Text("note") };
        if (Texts.Days.Read(exception.Date) is null) form.Wrong("date", words["problem.date"], words.Language);
        foreach (var (name, kind) in Kinds.Where(kind => kind.Kind != PeriodKind.Closed))
        {
            if (ReadField(form, name, kind, words) is { } periods) exception.Periods.AddRange(periods);
        }

        return form.IsWrong ? null : exception;
    }

    private static IReadOnlyList<Period>? ReadField(FormState form, string field, PeriodKind kind, Words words)
    {
        var periods = HoursText.Read(form.Text(field), kind);
        if (periods is null) form.Wrong(field, words["problem.hours"], words.Language);
        return periods;
    }
}
