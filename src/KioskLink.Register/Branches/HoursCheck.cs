using System.Globalization;
using Google.Protobuf.Collections;
using KioskLink.Protos.Types.V1;
using KioskLink.Register.Requests;

namespace KioskLink.Register.Branches;

/// <summary>Checks opening hours that a person wrote: INVALID_ARGUMENT names the day and the period.</summary>
internal static class HoursCheck
{
    private const int MinutesPerDay = 24 * 60;

    /// <summary>Checks a calendar; an empty one would leave the branch without hours.</summary>
    public static void Check(OpeningHours hours, string field)
    {
        if (hours.Week.Count == 0 && hours.Exceptions.Count == 0)
        {
            throw Field.Wrong(field, "is empty: give the periods of the week");
        }

        foreach (var day in hours.Week)
        {
            Field.Known(day.Weekday, $"{field}.week.weekday");
            CheckPeriods(day.Periods, $"{field}.week.{day.Weekday}");
        }

        CheckOnce(hours.Week.Select(day => day.Weekday.ToString()), $"{field}.week");
        foreach (var day in hours.Exceptions)
        {
            Field.RequiredDate(day.Date, $"{field}.exceptions.date");
            Field.Optional(day.Note, $"{field}.exceptions.{day.Date}.note");
            CheckPeriods(day.Periods, $"{field}.exceptions.{day.Date}");
        }

        CheckOnce(hours.Exceptions.Select(day => day.Date), $"{field}.exceptions");
    }

    private static void CheckOnce(IEnumerable<string> days, string field)
    {
        if (days.GroupBy(day => day).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw Field.Wrong(field, $"names {twice.Key} twice: put its periods together");
        }
    }

    private static void CheckPeriods(RepeatedField<Period> periods, string field)
    {
        for (var i = 0; i < periods.Count; i++)
        {
            var place = string.Create(CultureInfo.InvariantCulture, $"{field}.periods[{i}]");
            Field.Known(periods[i].Kind, $"{place}.kind");
            if (Minutes(periods[i].From) is not (>= 0 and < MinutesPerDay))
            {
                throw Field.Wrong($"{place}.from", "must be a time from 00:00 to 23:59");
            }

            if (Minutes(periods[i].To) is null)
            {
                throw Field.Wrong($"{place}.to", "must be a time from 00:00 to 24:00");
            }
        }
    }

    private static int? Minutes(string clock)
    {
        if (clock.Length != 5 || clock[2] != ':'
            || !int.TryParse(clock.AsSpan(0, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var hours)
            || !int.TryParse(clock.AsSpan(3, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var minutes))
        {
            return null;
        }

        var total = (hours * 60) + minutes;
        return minutes < 60 && total <= MinutesPerDay ? total : null;
    }
}
