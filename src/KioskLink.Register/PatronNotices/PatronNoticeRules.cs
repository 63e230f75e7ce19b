using KioskLink.Protos.Register.V1;
using KioskLink.Register.Facts;
using KioskLink.Register.Requests;
using NodaTime;

namespace KioskLink.Register.PatronNotices;

/// <summary>What a notice must say, by its kind. INVALID_ARGUMENT names the field and never repeats the value. Pure.</summary>
internal static class PatronNoticeRules
{
    /// <summary>Items of one notice.</summary>
    public const int ItemsMax = 200;

    /// <summary>Highest price or fee, cents.</summary>
    public const long CentsMax = 100_000_000;

    /// <summary>Reads a notice.</summary>
    /// <param name="notice">As it was given.</param>
    /// <param name="index">The branches.</param>
    /// <param name="today">Today in Helsinki.</param>
    public static NoticeContent Read(PatronNotice notice, EntitlementIndex index, LocalDate today)
    {
        Field.Known(notice.Kind, "notice.kind");
        if (notice.Items.Count is 0 or > ItemsMax)
        {
            throw Field.Wrong("notice.items", $"must be 1 to {ItemsMax}");
        }

        var items = notice.Items.Select(item => Item(item, notice.Kind)).ToList();
        var fee = Cents(notice.FeeCents, "notice.fee_cents");
        if (fee > 0 && notice.Kind is NoticeKind.PickUp or NoticeKind.DueDate)
        {
            throw Field.Wrong("notice.fee_cents", "is for overdue notices and invoices only: leave it out");
        }

        return notice.Kind switch
        {
            NoticeKind.PickUp => new NoticeContent(notice.Kind, items, Branch(notice, index), PickUpBy(notice, today), "", 0),
            NoticeKind.Invoice => new NoticeContent(
                notice.Kind, items, "", Field.RequiredDate(notice.InvoiceDueOn, "notice.invoice_due_on"), Text(notice.InvoiceNumber, "notice.invoice_number", Field.IdMax), fee),
            _ => new NoticeContent(notice.Kind, items, "", null, "", fee),
        };
    }

    private static NoticeItem Item(PatronNoticeItem item, NoticeKind kind)
    {
        var due = kind is NoticeKind.PickUp or NoticeKind.Invoice ? Field.Date(item.DueOn, "notice.items.due_on") : Field.RequiredDate(item.DueOn, "notice.items.due_on");
        return new NoticeItem(Text(item.Title, "notice.items.title", Field.TextMax), due, Cents(item.PriceCents, "notice.items.price_cents"));
    }

    private static string Branch(PatronNotice notice, EntitlementIndex index) =>
        index.Branch(Field.Required(notice.BranchId, "notice.branch_id", Field.IdMax)) is { } branch
            ? branch.Applied.Name is { Length: > 0 } name ? name : notice.BranchId
            : throw Field.Wrong("notice.branch_id", "is no branch: list the branches and correct it");

    private static LocalDate PickUpBy(PatronNotice notice, LocalDate today) =>
        Field.RequiredDate(notice.PickUpBy, "notice.pick_up_by") is var day && day >= today
            ? day
            : throw Field.Wrong("notice.pick_up_by", "lies in the past: correct it");

    private static long Cents(long cents, string field) => cents is >= 0 and <= CentsMax ? cents : throw Field.Wrong(field, "must not be negative or beyond a million euros");

    private static string Text(string text, string field, int max) =>
        PersonalNumbers.HoldIdentityCode(Field.Required(text, field, max)) ? throw Field.Wrong(field, "holds an identity code: leave it out") : text;
}
