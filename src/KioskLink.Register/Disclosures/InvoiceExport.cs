using KioskLink.Protos.Register.V1;
using KioskLink.Register.Facts;
using KioskLink.Register.Profiles;
using KioskLink.Register.Requests;
using KioskLink.Register.Store;
using KioskLink.Rules.Branches;
using NodaTime;

namespace KioskLink.Register.Disclosures;

/// <summary>
/// Invoices to the invoicing unit, and those whose due date has passed to the collection agency (R50). Each invoice goes to each of
/// them once. Thread-safe.
/// </summary>
internal sealed class InvoiceExport(RegisterCore core, DisclosureBook book, DisclosedPersons persons, IOverdueItems items)
{
    /// <summary>What the invoicing unit is told: the person and the invoiced material.</summary>
    public static readonly IReadOnlyList<string> UnitFields = ["name", "address", "identity_code", "material", "sum"];

    /// <summary>What the agency is told: the invoice, the person and how to reach them.</summary>
    public static readonly IReadOnlyList<string> AgencyFields =
        ["name", "address", "phone", "email", "identity_code", "invoice_number", "invoice_date", "due_date", "material", "sum"];

    /// <summary>Makes the day's file, unless it was made before.</summary>
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT for another kind, FAILED_PRECONDITION where the profile has none.</exception>
    public Task<DisclosureRun> RunAsync(DisclosureKind kind, string by, CancellationToken cancel)
    {
        if (kind is not (DisclosureKind.Invoicing or DisclosureKind.InvoiceCollection))
        {
            throw Field.Wrong("kind", $"must be {DisclosureKind.Invoicing} or {DisclosureKind.InvoiceCollection}");
        }

        var rule = DisclosureRules.Require(core.Profile, kind);
        var today = OpeningCalendar.DateAt(core.Now());
        return book.OnceAsync(kind, ((LocalDate?)today).ToIso(), by, db => Drafts(db, rule, today), cancel);
    }

    /// <summary>The invoices that are due to go to the unit or the agency today and have not gone; none where the profile has neither.</summary>
    public IEnumerable<Claim> Due(RegisterDb db)
    {
        var today = OpeningCalendar.DateAt(core.Now());
        return core.Profile.Disclosures
            .Where(rule => rule.Kind is DisclosureKind.Invoicing or DisclosureKind.InvoiceCollection)
            .SelectMany(rule => Open(db, rule, today))
            .Select(invoice => new Claim(invoice.PatronId, invoice.Number, true, invoice.SumCents));
    }

    private List<OpenInvoice> Open(RegisterDb db, DisclosureProfile rule, LocalDate today)
    {
        var isAgency = rule.Kind == DisclosureKind.InvoiceCollection;
        var sent = db.Set<DisclosedItemRow>()
            .Where(row => row.Consortium == core.Store.Consortium && row.Kind == (int)rule.Kind)
            .Select(row => row.ItemKey)
            .ToHashSet();
        return [.. items.OpenInvoices(db).Where(invoice => !sent.Contains(invoice.Number) && (!isAgency || invoice.DueOn < today))];
    }

    private DraftRun Drafts(RegisterDb db, DisclosureProfile rule, LocalDate today)
    {
        var open = Open(db, rule, today);
        var people = persons.Read(db, core.Store.Consortium, open.Select(invoice => invoice.PatronId));
        open.RemoveAll(invoice => !people.ContainsKey(invoice.PatronId));
        var held = people.Values.Count(person => person.IsHeld);
        open.RemoveAll(invoice => people[invoice.PatronId].IsHeld);
        return new DraftRun(open.Count == 0 ? [] : [Draft(rule, open, people, today)], held);
    }

    private static DraftDisclosure Draft(DisclosureProfile rule, List<OpenInvoice> open, Dictionary<long, DisclosedPerson> people, LocalDate today)
    {
        var isAgency = rule.Kind == DisclosureKind.InvoiceCollection;
        var table = new SecretTable(isAgency ? AgencyFields : UnitFields);
        open.ForEach(invoice => table.Add(isAgency ? OfAgency(people[invoice.PatronId], invoice) : OfUnit(people[invoice.PatronId], invoice)));
        return new DraftDisclosure
        {
            Kind = rule.Kind,
            Recipient = rule.Recipient,
            Basis = rule.Basis,
            Period = ((LocalDate?)today).ToIso(),
            What = $"{(isAgency ? "invoice-collection" : "invoicing")}-{((LocalDate?)today).ToIso()}",
            Fields = table.Columns,
            Content = table.ToBytes(),
            Records = table.Rows,
            Subjects = open.Select(invoice => invoice.PatronId).ToHashSet(),
            Lines = [.. open.Select(invoice => invoice.PatronId)],
            Items = [.. open.Select(invoice => invoice.Number)],
        };
    }

    private static string[] OfUnit(DisclosedPerson person, OpenInvoice invoice) =>
        [person.Name, person.Address, person.IdentityCode, invoice.Material, SecretTable.Euros(invoice.SumCents)];

    private static string[] OfAgency(DisclosedPerson person, OpenInvoice invoice) =>
    [
        person.Name, person.Address, person.Phone, person.Email, person.IdentityCode,
        invoice.Number, ((LocalDate?)invoice.InvoicedOn).ToIso(), ((LocalDate?)invoice.DueOn).ToIso(), invoice.Material, SecretTable.Euros(invoice.SumCents),
    ];
}
