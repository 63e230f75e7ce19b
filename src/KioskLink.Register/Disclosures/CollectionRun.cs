using KioskLink.Protos.Register.V1;
using KioskLink.Register.Facts;
using KioskLink.Register.Profiles;
using KioskLink.Register.Store;
using KioskLink.Rules.Branches;
using NodaTime;

namespace KioskLink.Register.Disclosures;

/// <summary>
/// The weekly collection (R46-R49): items that adults have had out for the profile's days after the due date, a file for each
/// municipality that owns some, with exactly the fields that may go. Each loan goes once. Thread-safe.
/// </summary>
internal sealed class CollectionRun(RegisterCore core, DisclosureBook book, DisclosedPersons persons, IOverdueItems items)
{
    /// <summary>What a collection file tells, and nothing else (R48).</summary>
    public static readonly IReadOnlyList<string> Fields = ["name", "address", "phone", "identity_code", "due_date", "title", "price"];

    /// <summary>Makes the files of this week, unless they were made before.</summary>
    /// <exception cref="Grpc.Core.RpcException">FAILED_PRECONDITION where the profile has no collection.</exception>
    public Task<DisclosureRun> RunAsync(string by, CancellationToken cancel)
    {
        var today = OpeningCalendar.DateAt(core.Now());
        var rule = DisclosureRules.Require(core.Profile, DisclosureKind.Collection);
        return book.OnceAsync(DisclosureKind.Collection, CollectionRules.WeekOf(today), by, db => Drafts(db, rule, today), cancel);
    }

    /// <summary>The week of a moment.</summary>
    public string Week() => CollectionRules.WeekOf(OpeningCalendar.DateAt(core.Now()));

    /// <summary>What is due to go to collection today and has not gone; nothing where the profile has none.</summary>
    public IEnumerable<Claim> Due(RegisterDb db)
    {
        var today = OpeningCalendar.DateAt(core.Now());
        return DisclosureRules.Find(core.Profile, DisclosureKind.Collection) is { } rule
            ? OfAdults(db, rule, today).Items.Select(item => new Claim(item.PatronId, item.LoanId, false, item.PriceCents))
            : [];
    }

    private DraftRun Drafts(RegisterDb db, DisclosureProfile rule, LocalDate today)
    {
        var (due, people) = OfAdults(db, rule, today);
        var held = due.Where(item => people[item.PatronId].IsHeld).Select(item => item.PatronId).Distinct().Count();
        var drafts = due
            .Where(item => !people[item.PatronId].IsHeld)
            .GroupBy(item => item.Owner)
            .OrderBy(owned => owned.Key, StringComparer.Ordinal)
            .Select(owned => Draft(rule, owned.Key, [.. owned], people, CollectionRules.WeekOf(today)));
        return new DraftRun([.. drafts], held);
    }

    private (List<OverdueItem> Items, Dictionary<long, DisclosedPerson> People) OfAdults(RegisterDb db, DisclosureProfile rule, LocalDate today)
    {
        var sent = db.Set<DisclosedItemRow>()
            .Where(row => row.Consortium == core.Store.Consortium && row.Kind == (int)DisclosureKind.Collection)
            .Select(row => row.ItemKey)
            .ToHashSet();
        var due = items.DueBy(db, CollectionRules.LatestDue(today, rule.OverdueDays!.Value)).Where(item => !sent.Contains(item.LoanId)).ToList();
        var people = persons.Read(db, core.Store.Consortium, due.Select(item => item.PatronId));
        due.RemoveAll(item => !people.TryGetValue(item.PatronId, out var person) || !CollectionRules.IsAdult(person.Born, today));
        return (due, people);
    }

    private static DraftDisclosure Draft(
        DisclosureProfile rule, string owner, List<OverdueItem> items, Dictionary<long, DisclosedPerson> people, string week)
    {
        var table = new SecretTable(Fields);
        foreach (var item in items)
        {
            var person = people[item.PatronId];
            table.Add(
                person.Name, person.Address, person.Phone, person.IdentityCode, ((LocalDate?)item.DueOn).ToIso(), item.Title, SecretTable.Euros(item.PriceCents));
        }

        return new DraftDisclosure
        {
            Kind = DisclosureKind.Collection,
            Recipient = rule.Recipient,
            Municipality = owner,
            Basis = rule.Basis,
            Period = week,
            What = $"collection-{week.ToLowerInvariant()}-{Slug(owner)}",
            Fields = Fields,
            Content = table.ToBytes(),
            Records = table.Rows,
            Subjects = items.Select(item => item.PatronId).ToHashSet(),
            Lines = [.. items.Select(item => item.PatronId)],
            Items = [.. items.Select(item => item.LoanId)],
        };
    }

    // Kärkölä becomes karkola: letters lose their marks, whatever is left that is no letter or digit becomes a hyphen.
    private static string Slug(string name) => string.Concat(name.ToLowerInvariant()
        .Replace('ä', 'a').Replace('å', 'a').Replace('ö', 'o')
        .Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-'));
}
