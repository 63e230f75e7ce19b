using System.Text.Json;
using KioskLink.Register.Store;

namespace KioskLink.Register.Subjects;

/// <summary>Where the list of erasures lies: outside of what is restored with a copy of the database.</summary>
/// <param name="Path">The file.</param>
internal sealed record ErasureListPath(string Path);

/// <summary>What was erased under one key of marks.</summary>
/// <param name="KeyId">Names the key; tells nothing about it.</param>
/// <param name="SealedKeys">The key, sealed under each master key that the register had since, by the master key's id.</param>
/// <param name="Marks">Marks in hexadecimal digits, and when each was erased, UTC milliseconds.</param>
internal sealed record ErasureListPart(string KeyId, Dictionary<string, byte[]> SealedKeys, Dictionary<string, long> Marks);

/// <summary>
/// The marks of what was erased, in a file of their own: a database restored from an older copy knows nothing of the erasures since,
/// and erases by this list again. It holds keyed hashes and nobody's data. The file is written whole: aside, flushed, renamed. The mark of
/// somebody who came back is dropped here first and in the database then, so that no start takes the person for erased. Thread-safe.
/// </summary>
internal sealed class ErasureList(RegisterCore core, ErasedMarks marks, ErasureListPath where) : IErasedFiles, IDisposable
{
    /// <summary>Name of the file in the data folder, where the configuration names no other.</summary>
    public const string FileName = "erased.json";

    private readonly SemaphoreSlim _oneAtATime = new(1);

    /// <summary>The list as it stands; empty where there is none.</summary>
    /// <exception cref="StoreProblem">The file cannot be read.</exception>
    public IReadOnlyList<ErasureListPart> Read()
    {
        try
        {
            return File.Exists(where.Path) ? JsonSerializer.Deserialize<List<ErasureListPart>>(File.ReadAllBytes(where.Path)) ?? [] : [];
        }
        catch (Exception problem) when (problem is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new StoreProblem(
                $"The list of erasures {where.Path} cannot be read: put back a copy of it, or delete it where the database was never restored from an older copy.", problem);
        }
    }

    /// <inheritdoc/>
    public Task SettleAsync(CancellationToken cancel) => ChangeAsync([], cancel);

    /// <summary>Adds the database's marks to the list and drops some from it.</summary>
    public async Task ChangeAsync(IReadOnlyCollection<string> dropped, CancellationToken cancel)
    {
        await _oneAtATime.WaitAsync(cancel);
        try
        {
            var before = Read();
            await using var db = core.Store.Read();
            if (marks.Key(db) is not { } key)
            {
                return;
            }

            var part = Part(before, key);
            var rows = db.Set<ErasedMarkRow>().Where(row => row.Consortium == core.Store.Consortium).ToList();
            rows.ForEach(row => part.Marks[Convert.ToHexStringLower(row.Mark)] = row.ErasedAt);
            var returned = rows.Where(row => row.ReturnedAt is not null).Select(row => row.Mark).ToList();
            foreach (var mark in dropped.Concat(returned.Select(Convert.ToHexStringLower)))
            {
                part.Marks.Remove(mark);
            }

            Write([.. before.Where(other => other.KeyId != part.KeyId), part]);
            if (returned.Count > 0)
            {
                await core.Lane.WriteAsync(scope => ErasedMarks.Drop(scope, returned), cancel);
            }
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <summary>The key of a part, where the master key opens it.</summary>
    public byte[]? KeyOf(ErasureListPart part) =>
        part.SealedKeys.TryGetValue(core.Store.Vault.KeyId, out var box) ? core.Store.Vault.Open(box, ErasedMarks.KeyBinding) : null;

    /// <inheritdoc/>
    public void Dispose() => _oneAtATime.Dispose();

    private ErasureListPart Part(IReadOnlyList<ErasureListPart> parts, byte[] key)
    {
        var id = ErasedMarks.IdOf(key);
        var known = parts.FirstOrDefault(part => part.KeyId == id);
        var part = new ErasureListPart(id, known is null ? [] : new(known.SealedKeys), known is null ? [] : new(known.Marks));
        if (!part.SealedKeys.ContainsKey(core.Store.Vault.KeyId))
        {
            part.SealedKeys[core.Store.Vault.KeyId] = core.Store.Vault.Seal(key, ErasedMarks.KeyBinding);
        }

        return part;
    }

    private void Write(List<ErasureListPart> parts)
    {
        var content = JsonSerializer.SerializeToUtf8Bytes(parts);
        if (File.Exists(where.Path) && File.ReadAllBytes(where.Path).AsSpan().SequenceEqual(content))
        {
            return;
        }

        WholeFile.Replace(where.Path, content);
    }
}
