using KioskLink.Register.Store;
using NodaTime;

namespace KioskLink.Register.Disclosures;

/// <summary>An item that is out after its due date.</summary>
/// <param name="LoanId">The loan.</param>
/// <param name="PatronId">Who has it.</param>
/// <param name="Owner">The municipality whose it is.</param>
/// <param name="DueOn">When it was due.</param>
/// <param name="Title">Its title.</param>
/// <param name="PriceCents">What it costs to replace.</param>
internal sealed record OverdueItem(string LoanId, long PatronId, string Owner, LocalDate DueOn, string Title, long PriceCents);

/// <summary>An invoice that is not paid.</summary>
/// <param name="Number">Its number.</param>
/// <param name="PatronId">Whose it is.</param>
/// <param name="InvoicedOn">When it was made.</param>
/// <param name="DueOn">When it is due.</param>
/// <param name="SumCents">What is open.</param>
/// <param name="Material">The material that it is about: titles, one after the other.</param>
internal sealed record OpenInvoice(string Number, long PatronId, LocalDate InvoicedOn, LocalDate DueOn, long SumCents, string Material);

/// <summary>Where overdue items and open invoices come from: the register's own loans, or a library system that is master of them.</summary>
internal interface IOverdueItems
{
    /// <summary>Items that are out and were due on this day or before, the oldest first.</summary>
    IReadOnlyList<OverdueItem> DueBy(RegisterDb db, LocalDate day);

    /// <summary>Invoices that are not paid, the oldest first.</summary>
    IReadOnlyList<OpenInvoice> OpenInvoices(RegisterDb db);
}
