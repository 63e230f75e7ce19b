using System.Security.Cryptography;
using KioskLink.Register.Audit;
using KioskLink.Register.Cards;
using KioskLink.Register.Consents;
using KioskLink.Register.Patrons;
using KioskLink.Register.Store;
using KioskLink.Rules.Pins;

namespace KioskLink.Register.Samples;

/// <summary>How far the making of samples has come.</summary>
/// <param name="Done">Rows that stand.</param>
/// <param name="Total">Rows asked for.</param>
internal readonly record struct SampleProgress(long Done, long Total);

/// <summary>
/// Fills a register of artificial patrons for trials of its size: patrons with a card and a PIN each, audit rows about them, and their
/// visits of the last weeks where there are branches.
/// All have one PIN, hashed once, since a slow hash for each would take an hour. The same numbers again change no patron.
/// </summary>
/// <param name="core">The register, which serves nobody meanwhile.</param>
internal sealed class SampleGenerator(RegisterCore core)
{
    /// <summary>The PIN of every sample.</summary>
    public const string Pin = "2468";

    /// <summary>Audit rows that may be asked for.</summary>
    public const int AuditMax = 10_000_000;

    private const int PatronsPerWrite = 500;
    private const int RowsPerWrite = 5_000;
    private const string By = "sample-generator";

    private readonly PatronWriter _patrons = new(core.Store.Vault, new ConsentWriter(core.Profile, []));
    private readonly CardWriter _cards = new(core.Store.Vault);

    /// <summary>Makes the samples.</summary>
    /// <param name="patrons">How many patrons, at most <see cref="SamplePeople.Max"/>.</param>
    /// <param name="auditRows">How many audit rows more.</param>
    /// <param name="tell">Is told after every slice.</param>
    /// <exception cref="StoreProblem">The register holds patrons that are no samples, or its cards look otherwise.</exception>
    public async Task RunAsync(int patrons, int auditRows, Action<SampleProgress> tell)
    {
        RequireSamplesOnly();
        var pin = NewPin();
        for (var first = 0; first < patrons; first += PatronsPerWrite)
        {
            var (from, to) = (first, Math.Min(first + PatronsPerWrite, patrons));
            await core.Lane.WriteAsync(scope => PutPatrons(scope, from, to, pin)).ConfigureAwait(false);
            tell(new SampleProgress(to, patrons + (long)auditRows));
        }

        var known = PatronIds();
        for (var first = 0; first < auditRows; first += RowsPerWrite)
        {
            var (from, to) = (first, Math.Min(first + RowsPerWrite, auditRows));
            await core.Lane.WriteAsync(scope => PutRows(scope, from, to, known)).ConfigureAwait(false);
            tell(new SampleProgress(patrons + (long)to, patrons + (long)auditRows));
        }

        await new SampleVisits(core).RunAsync().ConfigureAwait(false);
    }

    // Samples beside people would be taken for people, and their common PIN is no secret.
    private void RequireSamplesOnly()
    {
        using var db = core.Store.Read();
        if (db.Set<PatronRow>().Any(row => row.Consortium == core.Store.Consortium && !row.CustomerId.StartsWith(SamplePeople.Prefix)))
        {
            throw new StoreProblem("This register has patrons already, and samples share one PIN: make samples in a data folder of their own.");
        }

        if (SamplePeople.Card(0, core.Profile) is null)
        {
            throw new StoreProblem("Samples have 14-digit cards with the library check digit, which the profile's `cardFormats` do not take: use another profile.");
        }
    }

    private List<long> PatronIds()
    {
        using var db = core.Store.Read();
        return [.. db.Set<PatronRow>().Where(row => row.Consortium == core.Store.Consortium).Select(row => row.PatronId)];
    }

    private void PutPatrons(WriteScope scope, int from, int to, PinSample pin)
    {
        var branches = core.Index.Branches.Select(branch => branch.Policy.Id).ToList();
        for (var number = from; number < to; number++)
        {
            var home = branches.Count == 0 || !core.Profile.PatronFields.HomeUnit ? "" : branches[number % branches.Count];
            var (patron, _) = _patrons.Put(scope, SamplePeople.Patron(number, core.Profile, home), By);
            var (card, outcome) = _cards.Put(scope, patron.PatronId, SamplePeople.Card(number, core.Profile)!, expiresOn: null);
            if (outcome == WriteOutcome.Created)
            {
                PinStore.Put(scope, card.CardId, core.Store.Vault.Seal(pin.Verifier, patron.PatronId, pin.Algorithm, pin.Salt));
            }
        }
    }

    private void PutRows(WriteScope scope, int from, int to, List<long> patrons)
    {
        using var chain = AuditChain.Open(scope, core.Store.Vault, new HeadFile(core.Store.Folder).Read()?.Sequence);
        for (var number = from; number < to; number++)
        {
            chain.Append(new AuditEntry
            {
                Actor = $"librarian-{number % 40}",
                Role = "librarian",
                Action = number % 3 == 0 ? "PatronService/SearchPatrons" : "PatronService/GetPatron",
                Purpose = core.Profile.Purposes[number % core.Profile.Purposes.Count],
                Subjects = patrons.Count == 0 ? [] : [patrons[number % patrons.Count]],
                Fields = "core",
                Device = $"desk-{number % 12}",
            });
        }

        chain.Close();
    }

    private static PinSample NewPin()
    {
        var salt = RandomNumberGenerator.GetBytes(PinHashes.SaltLength);
        return new PinSample(PinHashes.Best.Algorithm, salt, PinHashes.Best.Hash(Pin.Select(digit => (byte)digit).ToArray(), salt));
    }

    private sealed record PinSample(string Algorithm, byte[] Salt, byte[] Verifier);
}
