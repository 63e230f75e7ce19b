using System.Text;
using KioskLink.Register.Cards;
using KioskLink.Register.Hosting;
using KioskLink.Register.Nodes;
using KioskLink.Register.Patrons;
using KioskLink.Register.Responsibles;
using KioskLink.Register.Store;
using Microsoft.EntityFrameworkCore;

namespace KioskLink.Register.Subjects;

/// <summary>Why and by whom somebody is erased.</summary>
/// <param name="Rule">`request`, or the rule of retention.</param>
/// <param name="By">The actor.</param>
/// <param name="Ground">Why, in staff's words; empty where a rule says it.</param>
internal sealed record ErasureReason(string Rule, string By, string Ground = "");

/// <summary>
/// Erases patrons from every store (R75, R57, R58): 1 marks against a re-import, 2 tokens for the nodes that have to forget, 3 every
/// store, 4 evidence and notices to other systems, all in one unit of work; 5 afterwards nothing of it is left in files beside the
/// database, nor in the database's file or log of writes. Whether a person may be erased is asked before. Thread-safe.
/// </summary>
internal sealed class SubjectErasure(
    RegisterCore core, IEnumerable<ISubjectStore> stores, IEnumerable<IErasedFiles> files, ErasedMarks marks, NodeErasures nodes, NodeConfirmations confirmations,
    ILogger<SubjectErasure> log)
{
    /// <summary>How often the log of writes is tried to be emptied; each try waits a moment for readers.</summary>
    public const int SweepTries = 40;

    private readonly List<ISubjectStore> _stores = [.. stores.OrderBy(store => store.Rank).ThenBy(store => store.Name, StringComparer.Ordinal)];

    /// <summary>Erases one patron inside a unit of work.</summary>
    public ErasureRow Erase(WriteScope scope, PatronRow patron, ErasureReason reason)
    {
        var cards = scope.Db.Set<CardRow>().Where(card => card.PatronId == patron.PatronId).ToList();
        marks.Add(scope, [(ErasedKind.Customer, patron.CustomerId), (ErasedKind.Identity, IdentityCode(patron)),
            .. cards.Select(card => (ErasedKind.Card, core.Store.Vault.OpenCardNumber(card.SealedNumber)))]);
        nodes.Note(scope, cards);
        foreach (var store in _stores)
        {
            store.Erase(scope, patron);
            scope.Db.SaveChanges();
            scope.Db.ChangeTracker.Clear();
        }

        var erasure = Evidence(scope, reason, cards.Count);
        Tell(scope, erasure, patron);
        return erasure;
    }

    /// <summary>Erases one person who answers for patrons and is none (R16) inside a unit of work; no node and no other system knows of one.</summary>
    public ErasureRow ErasePerson(WriteScope scope, long personId, ErasureReason reason)
    {
        marks.Add(scope, [(ErasedKind.Person, ResponsibleData.Id(personId))]);
        ResponsibleWriter.Erase(scope, personId);
        return Evidence(scope, reason, cards: 0);
    }

    /// <summary>Notes the version that tells the nodes, once it is committed.</summary>
    public Task NoteVersionAsync(long erasureId, long version) => core.Lane.WriteAsync(scope =>
    {
        scope.Db.Set<ErasureRow>().Where(row => row.ErasureId == erasureId).ExecuteUpdate(set => set.SetProperty(row => row.Version, version));
    });

    /// <summary>On which nodes an erasure is in force.</summary>
    public Reach ReachOf(ErasureRow erasure) =>
        erasure.Cards == 0 ? new Reach(0, 0, [], null) : confirmations.ReachOf(erasure.Version > 0 ? erasure.Version : core.Log.Head.Version);

    /// <summary>
    /// Takes erased persons out of files, empties the log of writes, which may still hold what was overwritten, and deletes tokens that
    /// nodes have confirmed. False when a long reading kept the log or the disk refused; the next sweep tries again.
    /// </summary>
    public async Task<bool> SweepAsync()
    {
        var isSettled = await SettleFilesAsync(CancellationToken.None);
        await nodes.ForgetConfirmedAsync(confirmations);
        for (var tries = 0; tries < SweepTries; tries++)
        {
            if (core.Store.TruncateLog())
            {
                return isSettled;
            }

            await Task.Yield();
        }

        return false;
    }

    /// <summary>Carries out on the disk what erasures and retention have decided; false when the disk refused.</summary>
    public async Task<bool> SettleFilesAsync(CancellationToken cancel)
    {
        var isSettled = true;
        foreach (var kind in files)
        {
            try
            {
                await kind.SettleAsync(cancel);
            }
            catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
            {
                log.FilesNotErased(refused.Message);
                isSettled = false;
            }
        }

        return isSettled;
    }

    private static ErasureRow Evidence(WriteScope scope, ErasureReason reason, int cards)
    {
        var erasure = new ErasureRow
        {
            Consortium = scope.Consortium,
            Reason = reason.Rule,
            Ground = reason.Ground,
            Cards = cards,
            ErasedAt = scope.NowMs,
            ErasedBy = reason.By,
        };
        scope.Db.Add(erasure);
        scope.Db.SaveChanges();
        scope.Db.ChangeTracker.Clear();
        return erasure;
    }

    private void Tell(WriteScope scope, ErasureRow erasure, PatronRow patron)
    {
        foreach (var recipient in core.Profile.Requests.ErasureRecipients)
        {
            scope.Db.Add(new ErasureNoticeRow
            {
                Consortium = scope.Consortium,
                ErasureId = erasure.ErasureId,
                Recipient = recipient,
                Customer = core.Store.Vault.Seal(Encoding.UTF8.GetBytes(patron.CustomerId), ErasureNotices.Binding(erasure.ErasureId)),
                MadeAt = scope.NowMs,
            });
        }

        scope.Db.SaveChanges();
        scope.Db.ChangeTracker.Clear();
    }

    private string IdentityCode(PatronRow patron) => patron.IdentityCode is { } box
        ? Encoding.ASCII.GetString(core.Store.Vault.Open(box, PatronWriter.IdentityBinding(patron.CustomerId)))
        : "";
}
