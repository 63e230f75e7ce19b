using KioskLink.Register.Store;
using KioskLink.Register.Subjects;
using Microsoft.EntityFrameworkCore;

namespace KioskLink.Register.Disclosures;

/// <summary>
/// Takes erased persons out of written files, and files away whose time is over (R75). A line that must go is emptied, so that the
/// others keep their places: 1 the new file is durable under another name, 2 its hash is recorded and the line forgotten, 3 it takes
/// the old one's place. Thread-safe.
/// </summary>
internal sealed class DisclosureFiles(RegisterCore core, SecretFolder folder, DisclosureBook book) : IErasedFiles
{
    /// <inheritdoc/>
    public Task SettleAsync(CancellationToken cancel) => book.AloneAsync(
        async () =>
        {
            foreach (var number in Pending())
            {
                await SettleAsync(number, cancel);
            }

            Remove();
            return true;
        },
        cancel);

    /// <summary>Decides in a unit of work that a file must go: its disclosure stays on record.</summary>
    public static void Doom(WriteScope scope, long disclosure)
    {
        scope.Db.Set<DisclosureLineRow>().Where(line => line.DisclosureNumber == disclosure).ExecuteDelete();
        scope.Db.Set<DisclosureRow>().Where(row => row.DisclosureNumber == disclosure && row.RemovedAt == null)
            .ExecuteUpdate(set => set.SetProperty(row => row.RemovedAt, scope.NowMs));
    }

    private List<long> Pending()
    {
        using var db = core.Store.Read();
        return [.. db.Set<DisclosureLineRow>()
            .Where(line => line.Consortium == core.Store.Consortium && line.PatronId == null)
            .Select(line => line.DisclosureNumber)
            .Distinct()];
    }

    private async Task SettleAsync(long number, CancellationToken cancel)
    {
        DisclosureRow row;
        List<DisclosureLineRow> gone;
        await using (var db = core.Store.Read())
        {
            row = await db.Set<DisclosureRow>().SingleAsync(row => row.DisclosureNumber == number, cancel);
            gone = await db.Set<DisclosureLineRow>().Where(line => line.DisclosureNumber == number && line.PatronId == null).ToListAsync(cancel);
        }

        var done = gone.ConvertAll(line => line.LineId);
        if (!File.Exists(folder.PathOf(row.FileName)))
        {
            // Whoever it was for has taken it away.
            await core.Lane.WriteAsync(scope => Forget(scope, done), cancel);
            return;
        }

        var lines = gone.Select(line => line.Line).ToHashSet();
        var rest = lines.Contains(0) ? null : SecretTable.Without(await File.ReadAllBytesAsync(folder.PathOf(row.FileName), cancel), lines);
        if (rest is null)
        {
            await core.Lane.WriteAsync(scope => Doom(scope, number), cancel);
            return;
        }

        var staged = await folder.StageAsync(row.FileName, rest, cancel);
        await core.Lane.WriteAsync(
            scope =>
            {
                scope.Db.Set<DisclosureRow>().Where(known => known.DisclosureNumber == number).ExecuteUpdate(set => set.SetProperty(known => known.FileHash, staged.Hash));
                Forget(scope, done);
            },
            CancellationToken.None);
        folder.Publish(staged);
    }

    private static void Forget(WriteScope scope, List<long> lines)
    {
        foreach (var line in lines)
        {
            scope.Db.Set<DisclosureLineRow>().Where(row => row.LineId == line).ExecuteDelete();
        }
    }

    private void Remove()
    {
        using var db = core.Store.Read();
        foreach (var name in folder.Files())
        {
            if (db.Set<DisclosureRow>().Any(row => row.Consortium == core.Store.Consortium && row.FileName == name && row.RemovedAt != null))
            {
                folder.Remove(name);
            }
        }
    }
}
