using System.Text;
using KioskLink.Register.Contacts;
using KioskLink.Register.Facts;
using KioskLink.Register.Patrons;
using KioskLink.Register.Store;
using NodaTime;

namespace KioskLink.Register.Disclosures;

/// <summary>What a file may tell of a person, in clear: it exists only on its way into the file.</summary>
/// <param name="PatronId">The register's number.</param>
/// <param name="Name">Surname and first names.</param>
/// <param name="Address">Street address, postal code and post office.</param>
/// <param name="Phone">Telephone.</param>
/// <param name="Email">E-mail address.</param>
/// <param name="IdentityCode">The identity code; empty where there is none.</param>
/// <param name="Born">Date of birth; null for a community.</param>
/// <param name="IsHeld">Whether the processing is restricted and no decision lets claims go on (R76).</param>
internal sealed record DisclosedPerson(
    long PatronId, string Name, string Address, string Phone, string Email, string IdentityCode, LocalDate? Born, bool IsHeld);

/// <summary>Reads people for a file. Thread-safe.</summary>
internal sealed class DisclosedPersons(Vault vault)
{
    // SQLite takes so many parameters in one statement without asking for more memory.
    private const int Slice = 500;

    /// <summary>People by their numbers, those who are held among them: who makes a file leaves them out and counts them.</summary>
    public Dictionary<long, DisclosedPerson> Read(RegisterDb db, string consortium, IEnumerable<long> patronIds) =>
        patronIds.Distinct().Chunk(Slice).SelectMany(slice => ReadSlice(db, consortium, slice)).ToDictionary(person => person.PatronId);

    /// <summary>One person.</summary>
    public DisclosedPerson Read(RegisterDb db, PatronRow row) => ReadSlice(db, row.Consortium, [row.PatronId]).Single();

    private List<DisclosedPerson> ReadSlice(RegisterDb db, string consortium, long[] slice)
    {
        var contacts = db.Set<ContactRow>().Where(row => slice.Contains(row.PatronId)).ToDictionary(row => row.PatronId);
        var decided = ClaimDecisions.InForce(db, slice);
        return [.. db.Set<PatronRow>()
            .Where(row => row.Consortium == consortium && slice.Contains(row.PatronId))
            .AsEnumerable()
            .Select(row => Of(row, contacts.GetValueOrDefault(row.PatronId), row.Restricted && decided.GetValueOrDefault(row.PatronId) is not { GoesOn: true }))];
    }

    private DisclosedPerson Of(PatronRow row, ContactRow? contact, bool isHeld) => new(
        row.PatronId,
        $"{row.Surname} {row.FirstNames}".Trim(),
        contact is null ? "" : $"{contact.Street}, {contact.PostalCode} {contact.City} {contact.Country}".Trim(' ', ','),
        contact?.Phones.Split('\n')[0] ?? "",
        contact?.Email ?? "",
        row.IdentityCode is { } box ? Encoding.ASCII.GetString(vault.Open(box, PatronWriter.IdentityBinding(row.CustomerId))) : "",
        row.DateOfBirth.ToDate(),
        isHeld);
}
