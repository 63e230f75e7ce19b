using System.Text;
using KioskLink.Register.Audit;
using KioskLink.Register.Cards;
using KioskLink.Register.Hosting;
using KioskLink.Register.Identity;
using KioskLink.Register.Jobs;
using KioskLink.Register.Patrons;
using KioskLink.Register.Responsibles;
using KioskLink.Register.Store;

namespace KioskLink.Register.Subjects;

/// <summary>
/// Erases again what a restored database has brought back (R75): 1 reads the marks of the list that the database lacks, 2 looks for
/// people whose number, identity code or card is among them and who were there before that erasure, 3 erases them, 4 takes the marks
/// over. Who was registered after the erasure has come back and stays. Thread-safe.
/// </summary>
internal sealed class ErasureReplay(
    RegisterCore core, ErasureList list, ErasedMarks marks, SubjectErasure erasure, AuditLog audit, ILogger<ErasureReplay> log)
{
    /// <summary>What stands as the rule of an erasure that is done again.</summary>
    public const string Rule = "restored-copy";

    private const int SlicePatrons = 8;

    /// <summary>Does it; how many people were erased again.</summary>
    /// <exception cref="StoreProblem">The list cannot be read.</exception>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var (again, returned) = (new HashSet<long>(), new HashSet<string>());
        foreach (var part in list.Read())
        {
            if (list.KeyOf(part) is not { } key)
            {
                continue;
            }

            // A database older than the first erasure has no key of marks: it takes the list's.
            await core.Lane.WriteAsync(scope => marks.Adopt(scope, key), cancel);
            if (Lacking(part) is { Count: > 0 } lacking)
            {
                Look(key, lacking, again, returned);
                await TakeOverAsync(key, lacking.Where(mark => !returned.Contains(mark.Key)), cancel);
            }
        }

        if (again.Count > 0)
        {
            await audit.NotedAsync(_ => AuditEntry.OfJob(JobCall.System, $"erasure/{Rule}", CallPurpose.CustomerService) with { Fields = "all" }, () => EraseAsync(again, cancel));
            log.ErasedAgain(again.Count);
            await erasure.SweepAsync();
        }

        await list.ChangeAsync(returned, cancel);
        return again.Count;
    }

    private Dictionary<string, long> Lacking(ErasureListPart part)
    {
        using var db = core.Store.Read();
        var known = db.Set<ErasedMarkRow>().Where(row => row.Consortium == core.Store.Consortium).Select(row => row.Mark).AsEnumerable().Select(Convert.ToHexStringLower).ToHashSet();
        return part.Marks.Where(mark => !known.Contains(mark.Key)).ToDictionary();
    }

    private void Look(byte[] key, Dictionary<string, long> lacking, HashSet<long> again, HashSet<string> returned)
    {
        using var db = core.Store.Read();
        foreach (var patron in db.Set<PatronRow>().Where(row => row.Consortium == core.Store.Consortium))
        {
            Judge((ErasedKind.Customer, patron.CustomerId), patron.PatronId, patron.CreatedAt);
            Judge((ErasedKind.Identity, IdentityCode(patron)), patron.PatronId, patron.CreatedAt);
        }

        foreach (var card in db.Set<CardRow>().Where(row => row.Consortium == core.Store.Consortium))
        {
            Judge((ErasedKind.Card, core.Store.Vault.OpenCardNumber(card.SealedNumber)), card.PatronId, card.CreatedAt);
        }

        foreach (var person in db.Set<ResponsiblePersonRow>().Where(row => row.Consortium == core.Store.Consortium))
        {
            Judge((ErasedKind.Person, ResponsibleData.Id(person.PersonId)), ResponsiblePersonRow.SubjectOf(person.PersonId), person.CreatedAt);
        }

        void Judge((ErasedKind Kind, string Value) what, long patron, long since)
        {
            foreach (var mark in marks.Of(key, what).Select(Convert.ToHexStringLower))
            {
                if (lacking.TryGetValue(mark, out var erasedAt))
                {
                    _ = since <= erasedAt ? again.Add(patron) : returned.Add(mark);
                }
            }
        }
    }

    private async Task<bool> EraseAsync(HashSet<long> again, CancellationToken cancel)
    {
        foreach (var slice in again.Chunk(SlicePatrons))
        {
            await core.Lane.WriteAsync(scope => Erase(scope, slice), cancel);
        }

        return true;
    }

    // Persons who are no patrons stand under numbers of their own.
    private void Erase(WriteScope scope, long[] numbers)
    {
        var reason = new ErasureReason(Rule, JobCall.System);
        foreach (var patron in scope.Db.Set<PatronRow>().Where(row => numbers.Contains(row.PatronId)).ToList())
        {
            erasure.Erase(scope, patron, reason);
        }

        foreach (var person in scope.Db.Set<ResponsiblePersonRow>().Where(row => numbers.Contains(-row.PersonId)).ToList())
        {
            erasure.ErasePerson(scope, person.PersonId, reason);
        }
    }

    // Marks under another key than the database's cannot be told from its own any more: they stay in the list.
    private async Task TakeOverAsync(byte[] key, IEnumerable<KeyValuePair<string, long>> taken, CancellationToken cancel) => await core.Lane.WriteAsync(
        scope =>
        {
            if (marks.Key(scope.Db) is { } own && ErasedMarks.IdOf(own) == ErasedMarks.IdOf(key))
            {
                ErasedMarks.Add(scope, taken.Select(mark => (Convert.FromHexString(mark.Key), mark.Value)));
            }
        },
        cancel);

    private string IdentityCode(PatronRow patron) => patron.IdentityCode is { } box
        ? Encoding.ASCII.GetString(core.Store.Vault.Open(box, PatronWriter.IdentityBinding(patron.CustomerId)))
        : "";
}

/// <summary>At the start: erases again what a restored database has brought back, and carries out in files what a stop left undone.</summary>
internal sealed class ErasureStart(ErasureReplay replay, SubjectErasure erasure) : IHostedService
{
    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await replay.RunAsync(cancellationToken);
            await erasure.SettleFilesAsync(cancellationToken);
        }
        catch (StoreProblem problem)
        {
            throw new StartProblem(problem.Message);
        }
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
