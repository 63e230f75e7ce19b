using KioskLink.Protos.Register.V1;
using KioskLink.Register.Profiles;
using KioskLink.Rules.Branches;
using NodaTime;
using NodaTime.Text;

namespace KioskLink.Register.Loans;

/// <summary>A record of the library system is wrong: the field, and a sentence that never repeats the value.</summary>
internal sealed class RecordProblem(string name, string reason) : Exception(reason)
{
    /// <summary>The field.</summary>
    public string Field => name;
}

/// <summary>A record of the library system, read and typed; the texts are bounded and hold no control characters.</summary>
internal sealed class LoanRecords(ConsortiumProfile profile)
{
    private const int IdMax = 64;
    private const int TextMax = 300;
    private const int ItemsMax = 200;
    private const long CentsMax = 100_000_00;
    private const int RenewalsMax = 1000;
    private const int MediaMax = 10;
    private static readonly string[] FeeKinds = ["late", "reminder", "lost", "card", "other"];

    /// <summary>Refuses a record that cannot be stored whatever stands in the register.</summary>
    /// <exception cref="RecordProblem">It names the field.</exception>
    public void Check(LoanRecord record, LocalDate today)
    {
        if (record.Kind == LoanRecordKind.Unspecified || !Enum.IsDefined(record.Kind))
        {
            throw new RecordProblem("kind", "is none of this version of KioskLink");
        }

        if (record.Kind != LoanRecordKind.BusStop)
        {
            Required(record.Id, "id", IdMax);
        }

        if (record.Kind is not (LoanRecordKind.Item or LoanRecordKind.Return))
        {
            Required(record.CustomerId, "customer_id", IdMax);
        }

        CheckSums(record);
        CheckTexts(record);
        if (DateOf(record.On, "on") > today)
        {
            throw new RecordProblem("on", "lies in the future: correct it");
        }

        CheckKind(record, today);
    }

    /// <summary>A date of a record; null where it is empty.</summary>
    public static LocalDate? DateOf(string text, string field) =>
        text.Length == 0 ? null
        : LocalDatePattern.Iso.Parse(text) is { Success: true } parsed ? parsed.Value
        : throw new RecordProblem(field, "is no date: write it as 2026-12-31");

    /// <summary>The start of a record's day in Helsinki, or now where it names today or no day.</summary>
    public static long MomentOf(LoanRecord record, Instant now)
    {
        var day = DateOf(record.On, "on");
        return (day is null || day == OpeningCalendar.DateAt(now) ? now : OpeningCalendar.Zone.AtStartOfDay(day.Value).ToInstant()).ToUnixTimeMilliseconds();
    }

    private void CheckKind(LoanRecord record, LocalDate today)
    {
        switch (record.Kind)
        {
            case LoanRecordKind.Item:
                Required(record.Title, "title", TextMax);
                RequireMember(record.Owner);
                RequireType(record);
                break;
            case LoanRecordKind.Loan:
                Required(record.ItemId, "item_id", IdMax);
                RequireDate(record.DueOn, "due_on", DateOf(record.On, "on") ?? today.PlusYears(-1));
                break;
            case LoanRecordKind.Hold when !record.Done:
                Required(record.Title, "title", TextMax);
                DateOf(record.PickUpBy, "pick_up_by");
                DateOf(record.ExpiresOn, "expires_on");
                break;
            case LoanRecordKind.Fee when !record.Done && !FeeKinds.Contains(record.FeeKind):
                throw new RecordProblem("fee_kind", $"must be one of {string.Join(", ", FeeKinds)}");
            case LoanRecordKind.Invoice when !record.Done:
                Required(record.Number, "number", IdMax);
                RequireDate(record.DueOn, "due_on", DateOf(record.On, "on") ?? LocalDate.MinIsoValue);
                break;
            case LoanRecordKind.BusStop:
                Required(record.Stop, "stop", TextMax);
                break;
        }
    }

    // Each municipality collects its own material (R49), so an item without an owner could never be collected.
    private void RequireMember(string owner)
    {
        if (!profile.Members.Contains(owner))
        {
            throw new RecordProblem("owner", $"must be one of {string.Join(", ", profile.Members)}");
        }
    }

    private void RequireType(LoanRecord record)
    {
        if (record.ItemType.Length > 0 && profile.LoanRules.Types.All(type => type.Code != record.ItemType))
        {
            throw new RecordProblem("item_type", $"must be one of {string.Join(", ", profile.LoanRules.Types.Select(type => type.Code))}");
        }

        if (record.Media.Length > 0 && !(record.Media.Length == 3 && int.TryParse(record.Media, System.Globalization.NumberStyles.None, null, out var media) && media <= MediaMax))
        {
            throw new RecordProblem("media", "must be a media type of SIP2, 000 to 010");
        }
    }

    private static void CheckSums(LoanRecord record)
    {
        if (record.Cents is < 0 or > CentsMax)
        {
            throw new RecordProblem("cents", $"must lie between 0 and {CentsMax}");
        }

        if (record.Renewals is < 0 or > RenewalsMax)
        {
            throw new RecordProblem("renewals", $"must lie between 0 and {RenewalsMax}");
        }
    }

    private static void CheckTexts(LoanRecord record)
    {
        (string Text, string Field)[] texts =
        [
            (record.ItemId, "item_id"), (record.Title, "title"), (record.Owner, "owner"), (record.BranchId, "branch_id"),
            (record.TitleId, "title_id"), (record.HomeBranch, "home_branch"), (record.CallNumber, "call_number"), (record.Collection, "collection"),
            (record.Number, "number"), (record.Stop, "stop"), (record.Note, "note"), (string.Concat(record.ItemIds), "item_ids"),
        ];
        foreach (var (text, field) in texts)
        {
            Bounded(text, field, field == "item_ids" ? ItemsMax * IdMax : TextMax);
        }
    }

    private static void RequireDate(string text, string field, LocalDate earliest)
    {
        if ((DateOf(text, field) ?? throw new RecordProblem(field, "is missing: give it")) < earliest)
        {
            throw new RecordProblem(field, "lies before the day from which it counts: correct one of them");
        }
    }

    private static void Required(string text, string field, int max)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new RecordProblem(field, "is missing: give it");
        }

        Bounded(text, field, max);
    }

    private static void Bounded(string text, string field, int max)
    {
        if (text.Length > max || text.Any(char.IsControl))
        {
            throw new RecordProblem(field, $"is longer than {max} characters or holds control characters: correct it");
        }
    }
}
