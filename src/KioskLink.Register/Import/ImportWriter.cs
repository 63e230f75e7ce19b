using System.Security.Cryptography;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Cards;
using KioskLink.Register.Consents;
using KioskLink.Register.Facts;
using KioskLink.Register.Patrons;
using KioskLink.Register.Responsibles;
using KioskLink.Register.Store;
using KioskLink.Register.Subjects;
using KioskLink.Rules.Branches;
using KioskLink.Rules.Pins;
using NodaTime;
using EntityState = Microsoft.EntityFrameworkCore.EntityState;

namespace KioskLink.Register.Import;

/// <summary>Stores rows of an import: each stands or falls alone, and one that stands so already changes nothing. Thread-safe.</summary>
internal sealed class ImportWriter(
    RegisterCore core, PatronWriter patrons, CardWriter cards, ConsentWriter consents, PinKdf kdf, ErasedMarks erased)
{
    /// <summary>Rows that take the write lane together; few, so that a door's guess never waits long behind them.</summary>
    public const int SliceRows = 16;

    /// <summary>Hashes the PINs of a batch on all cores; a PIN that is the stored one is verified and not written again.</summary>
    public Task HashPinsAsync(IEnumerable<PreparedRow> rows, CancellationToken cancel) => Parallel.ForEachAsync(
        rows.Where(row => row.Record is { Pin.Length: > 0 }).GroupBy(row => row.Record!.CardNumber),
        new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancel },
        async (ofCard, _) => await HashPinsAsync([.. ofCard]).ConfigureAwait(false));

    /// <summary>Stores a slice of rows, in order; returns what became of each.</summary>
    public Task<RowResult[]> StoreAsync(IEnumerable<PreparedRow> rows, string by) => Task.WhenAll(rows.Select(async row =>
        row.Record is { } record
            ? (await core.Lane.WriteAsync(scope => Store(scope, record, row.Pin, by)).ConfigureAwait(false)).Value
            : new RowResult(null, row.Problem)));

    /// <summary>Whether a patron has the number.</summary>
    public bool IsPatron(string customerId)
    {
        using var db = core.Store.Read();
        return PatronWriter.Find(db, core.Store.Consortium, customerId) is not null;
    }

    /// <summary>How many rows an earlier, unfinished run of the import has stored; 0 unless it is to be resumed.</summary>
    public long RowsDone(ImportStart start)
    {
        if (!start.Resume || start.ImportId.Length == 0)
        {
            return 0;
        }

        using var db = core.Store.Read();
        return db.Set<ImportRow>()
            .Where(row => row.Consortium == core.Store.Consortium && row.ImportId == start.ImportId && !row.Finished)
            .Select(row => row.RowsDone)
            .SingleOrDefault();
    }

    /// <summary>Notes how far an import has come.</summary>
    public Task RememberAsync(ImportStart start, long rows) => NoteAsync(start, rows, finished: false);

    /// <summary>Notes that an import is done.</summary>
    public Task FinishAsync(ImportStart start, long rows) => NoteAsync(start, rows, finished: true);

    private Task NoteAsync(ImportStart start, long rows, bool finished) => start.ImportId.Length == 0
        ? Task.CompletedTask
        : core.Lane.WriteAsync(scope =>
        {
            var note = new ImportRow
            {
                Consortium = scope.Consortium,
                ImportId = start.ImportId,
                RowsDone = rows,
                Finished = finished,
                UpdatedAt = scope.NowMs,
            };
            var exists = scope.Db.Set<ImportRow>().Any(row => row.Consortium == scope.Consortium && row.ImportId == start.ImportId);
            scope.Db.Entry(note).State = exists ? EntityState.Modified : EntityState.Added;
        });

    // A card that stands in a batch more than once ends with the PIN of its last row, hashed once where rows agree.
    private async Task HashPinsAsync(IReadOnlyList<PreparedRow> ofCard)
    {
        for (var i = 0; i < ofCard.Count; i++)
        {
            var (row, before) = (ofCard[i], i == 0 ? null : ofCard[i - 1]);
            row.Pin = before is null ? await HashAsync(row.Record!).ConfigureAwait(false)
                : row.Record!.Pin.AsSpan().SequenceEqual(before.Record!.Pin) ? before.Pin
                : await NewPinAsync(row.Record!).ConfigureAwait(false);
        }

        foreach (var row in ofCard)
        {
            CryptographicOperations.ZeroMemory(row.Record!.Pin);
        }
    }

    private RowResult Store(WriteScope scope, ImportRecord record, NewPin? pin, string by)
    {
        var patron = record.Patron;
        if (erased.Holds(scope.Db, (ErasedKind.Customer, patron.CustomerId), (ErasedKind.Identity, patron.IdentityCode?.Value ?? ""), (ErasedKind.Card, record.CardNumber)))
        {
            return Rejected(ImportColumns.CustomerId, "belongs to a person whose data were erased: take the row out of the file");
        }

        if (patron.IdentityCode is { } code && patrons.IsTaken(scope.Db, scope.Consortium, code, patron.CustomerId))
        {
            return Rejected(ImportColumns.IdentityCode, "belongs to another patron already: correct it");
        }

        var known = PatronWriter.Find(scope.Db, scope.Consortium, patron.CustomerId);
        if (IsCommunity(patron) && LacksResponsible(scope, patron, known))
        {
            return Rejected(ImportColumns.ResponsibleCustomerId, "is missing: name the person who answers for the community");
        }

        if (record.CardNumber.Length > 0 && cards.IsTaken(scope.Db, scope.Consortium, record.CardNumber, known?.PatronId ?? 0))
        {
            return Rejected(ImportColumns.CardNumber, "belongs to somebody else already: correct it");
        }

        var (row, outcome) = patrons.Put(scope, patron, by);
        scope.About([row.PatronId], "import");
        if (record.CardNumber.Length > 0)
        {
            outcome = Join(outcome, StoreCard(scope, row, record, pin, by));
        }

        var isAlone = patron.ResponsibleCustomerId.Length > 0 && PatronWriter.Find(scope.Db, scope.Consortium, patron.ResponsibleCustomerId) is null;
        return new RowResult(outcome, Remark(scope, patron, row) ?? record.Remark, isAlone ? patron.ResponsibleCustomerId : "", row.PatronId);
    }

    private WriteOutcome StoreCard(WriteScope scope, PatronRow patron, ImportRecord record, NewPin? pin, string by)
    {
        var (card, outcome) = cards.Put(scope, patron.PatronId, record.CardNumber, record.CardExpiresOn.Length > 0 ? record.CardExpiresOn : null);
        if (outcome == WriteOutcome.Created)
        {
            consents.NoteCard(scope, patron, new ConsentDeed(ConsentKind.Card, ConsentAct.Given, ConsentChannel.Import), by);
        }

        if (pin is null || scope.Db.Set<PinRow>().Any(stored => stored.CardId == card.CardId && stored.Salt == pin.Salt))
        {
            return outcome;
        }

        GuessBook.Clear(scope, BlindIndex.Read(card.NumberIndex));
        PinStore.Put(scope, card.CardId, core.Store.Vault.Seal(pin.Verifier, patron.PatronId, pin.Algorithm, pin.Salt));
        CryptographicOperations.ZeroMemory(pin.Verifier);
        return Join(outcome, WriteOutcome.Changed);
    }

    private async Task<NewPin?> HashAsync(ImportRecord record)
    {
        var stored = (core.Index.Find(core.Store.Vault.CardIndex(record.CardNumber)) as CardEntry) is { Pin: { } pin } card ? (pin, card.PatronId) : default;
        if (stored.pin is { } known && PinHashes.Find(known.Algorithm) is { } hash)
        {
            var verifier = await kdf.HashAsync(hash, record.Pin, known.Salt, HashSlots.Bulk).ConfigureAwait(false);
            if (CryptographicOperations.FixedTimeEquals(verifier, core.Store.Vault.OpenVerifier(known, stored.PatronId)))
            {
                return null;
            }
        }

        return await NewPinAsync(record).ConfigureAwait(false);
    }

    private async Task<NewPin> NewPinAsync(ImportRecord record)
    {
        var salt = RandomNumberGenerator.GetBytes(PinHashes.SaltLength);
        return new NewPin(PinHashes.Best.Algorithm, salt, await kdf.HashAsync(PinHashes.Best, record.Pin, salt, HashSlots.Bulk).ConfigureAwait(false));
    }

    private bool IsCommunity(PatronData patron) => core.Profile.Groups.Any(group => group.Code == patron.Group && group.Community);

    // What a row leaves empty clears nothing: whoever is stored answers still.
    private bool LacksResponsible(WriteScope scope, PatronData patron, PatronRow? stored) =>
        PatronRules.LacksResponsible(patron, core.Profile, OpeningCalendar.DateAt(scope.Now))
        && (stored is null || (stored.ResponsibleCustomerId.Length == 0 && !ResponsiblePages.HasOther(scope.Db, stored.PatronId)));

    private PatronProblem? Remark(WriteScope scope, PatronData patron, PatronRow stored)
    {
        if (LacksResponsible(scope, patron, stored))
        {
            return new PatronProblem(
                ImportColumns.ResponsibleCustomerId,
                "is missing, though the patron needs a responsible person: stored without what only that person accepts, add the person and import the row again");
        }

        if (patron.GuardianConsentOn is not null && Giver.FirstResponsible(scope.Db, stored).IsUnnamed && IsWithdrawn(patron.GuardianConsentOn, stored.GuardianConsentOn))
        {
            return new PatronProblem(
                ImportColumns.GuardianConsentOn, "is left out, as nobody is named who answers for the patron: the rest of the row is stored, add the person and import the row again");
        }

        return IsWithdrawn(patron.TermsAcceptedOn, stored.TermsAcceptedOn) ? Withdrawn(ImportColumns.TermsAcceptedOn)
            : IsWithdrawn(patron.GuardianConsentOn, stored.GuardianConsentOn) ? Withdrawn(ImportColumns.GuardianConsentOn)
            : null;
    }

    private static bool IsWithdrawn(LocalDate? said, string stands) => said is not null && stands != said.ToIso();

    private static PatronProblem Withdrawn(string column) => new(column, "was withdrawn after that day: the rest of the row is stored, and the withdrawal stands");

    private static WriteOutcome Join(WriteOutcome first, WriteOutcome second) =>
        first == WriteOutcome.Created || (first == WriteOutcome.Unchanged && second == WriteOutcome.Unchanged) ? first : WriteOutcome.Changed;

    private static RowResult Rejected(string field, string reason) => new(null, new PatronProblem(field, reason));
}
