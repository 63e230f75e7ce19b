using KioskLink.Protos.Register.V1;
using KioskLink.Register.Facts;
using KioskLink.Register.Patrons;
using KioskLink.Register.Profiles;
using KioskLink.Register.Store;
using KioskLink.Rules.Branches;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace KioskLink.Register.Disclosures;

/// <summary>
/// The question to the population register (R52): identity codes and nothing else, of people with an open invoice or material in
/// collection, or of every patron, as the profile says. Who asked that the processing be restricted is left out and counted, unless a
/// data-protection officer decided that a claim goes on, for which article 18(2) of the GDPR lets the address be asked (R76). Thread-safe.
/// </summary>
internal sealed class AddressQuery(RegisterCore core, DisclosureBook book, DisclosedPersons persons, IOverdueItems items)
{
    /// <summary>What the population register is told.</summary>
    public static readonly IReadOnlyList<string> Fields = ["identity_code"];

    /// <summary>Who answers.</summary>
    public const string Recipient = "Population register (VTJ)";

    /// <summary>Makes the file; no row where there is nobody to ask about, and how many were left out.</summary>
    /// <exception cref="Grpc.Core.RpcException">FAILED_PRECONDITION where the profile asks nothing.</exception>
    public async Task<(DisclosureRow? Row, int Held)> RunAsync(string by, CancellationToken cancel)
    {
        RequireMode(core.Profile);
        await using var db = core.Store.Read();
        var (asked, held) = Whom(db);
        if (asked.Count == 0)
        {
            return (null, held);
        }

        var table = new SecretTable(Fields);
        asked.ForEach(person => table.Add(person.IdentityCode));
        var today = ((LocalDate?)OpeningCalendar.DateAt(core.Now())).ToIso();
        var draft = new DraftDisclosure
        {
            Kind = DisclosureKind.PopulationRegister,
            Recipient = Recipient,
            Basis = core.Profile.VtjBasis,
            Period = today,
            What = $"address-query-{today}",
            Fields = Fields,
            Content = table.ToBytes(),
            Records = table.Rows,
            Subjects = [.. asked.Select(person => person.PatronId)],
            Lines = [.. asked.Select(person => person.PatronId)],
        };
        return (await book.AddAsync(draft, by, cancel, (scope, rows) => NoteAsked(scope, rows[0].DisclosureNumber, asked)), held);
    }

    /// <summary>Refuses where the profile asks nothing of the population register.</summary>
    /// <exception cref="Grpc.Core.RpcException">FAILED_PRECONDITION.</exception>
    public static void RequireMode(ConsortiumProfile profile)
    {
        if (profile.Vtj == PopulationRegisterMode.None)
        {
            throw DisclosureRules.NotInProfile("The consortium's profile asks nothing of the population register: set `vtj` in it, if the privacy documents allow it.");
        }
    }

    /// <summary>The patrons in invoicing or collection.</summary>
    public HashSet<long> InBilling(RegisterDb db)
    {
        var billed = items.OpenInvoices(db).Select(invoice => invoice.PatronId).ToHashSet();
        if (DisclosureRules.Find(core.Profile, DisclosureKind.Collection) is { OverdueDays: { } days })
        {
            billed.UnionWith(items.DueBy(db, CollectionRules.LatestDue(OpeningCalendar.DateAt(core.Now()), days)).Select(item => item.PatronId));
        }

        return billed;
    }

    // A decision lets a claim go on, and no routine check: who is in no billing any more stays left out.
    private (List<DisclosedPerson> Asked, int Held) Whom(RegisterDb db)
    {
        var billed = InBilling(db);
        var rows = db.Set<PatronRow>()
            .Where(row => row.Consortium == core.Store.Consortium && row.IdentityCode != null)
            .OrderBy(row => row.PatronId)
            .Select(row => new { row.PatronId, row.Restricted })
            .AsEnumerable()
            .Where(row => core.Profile.Vtj != PopulationRegisterMode.BillingOnly || billed.Contains(row.PatronId))
            .ToList();
        var people = persons.Read(db, core.Store.Consortium, rows.Where(row => !row.Restricted || billed.Contains(row.PatronId)).Select(row => row.PatronId));
        var asked = rows.Where(row => people.TryGetValue(row.PatronId, out var person) && !person.IsHeld).Select(row => people[row.PatronId]).ToList();
        return (asked, rows.Count - asked.Count);
    }

    private static void NoteAsked(WriteScope scope, long disclosure, List<DisclosedPerson> asked)
    {
        foreach (var slice in asked.Select(person => person.PatronId).Chunk(500))
        {
            scope.Db.Set<AddressQueryRow>().Where(row => row.Consortium == scope.Consortium && slice.Contains(row.PatronId)).ExecuteDelete();
        }

        scope.Db.AddRange(asked.Select(person => new AddressQueryRow
        {
            Consortium = scope.Consortium,
            PatronId = person.PatronId,
            DisclosureNumber = disclosure,
            AskedAt = scope.NowMs,
        }));
    }
}
