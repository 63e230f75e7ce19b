using KioskLink.Register.Console.Forms;

namespace KioskLink.Register.Console.Audit;

/// <summary>
/// What the audit log is narrowed to. It is posted and kept in the session, so that no customer number and no person's user name stands
/// in an address, a browser's history or a proxy's log.
/// </summary>
/// <param name="Actor">Who acted; empty for everybody.</param>
/// <param name="Customer">Customer number of whose data it was; empty for everybody's.</param>
/// <param name="From">The first day, ISO 8601; empty for no bound.</param>
/// <param name="Until">The last day, ISO 8601; empty for no bound.</param>
internal sealed record AuditFilter(string Actor, string Customer, string From, string Until)
{
    private const int TextMax = 64;

    /// <summary>Every row.</summary>
    public static AuditFilter None { get; } = new("", "", "", "");

    /// <summary>What the form says.</summary>
    public static AuditFilter Of(FormState form) => new(Cut(form.Text("actor")), Cut(form.Text("customer")), Cut(form.Text("from")), Cut(form.Text("until")));

    private static string Cut(string text) => text.Length <= TextMax ? text : text[..TextMax];
}
