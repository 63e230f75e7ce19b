using System.Security.Cryptography;
using KioskLink.Register.Store;
using Microsoft.EntityFrameworkCore;

namespace KioskLink.Register.Disclosures;

/// <summary>A file that is on the disk under another name until its disclosure is recorded.</summary>
/// <param name="Name">Its name once it is there.</param>
/// <param name="Hash">SHA-256 of its content.</param>
internal sealed record StagedFile(string Name, byte[] Hash);

/// <summary>
/// The folder of disclosed files: secret by name and mode (0600 in 0700), each whole or not there. The order is 1 write and flush
/// under another name, 2 record the disclosure, 3 rename. What a stop leaves between 2 and 3 is renamed at the next look, what it
/// leaves before 2 is deleted; so there is no file without a record. Thread-safe.
/// </summary>
internal sealed class SecretFolder(RegisterStore store)
{
    /// <summary>Name in the data folder.</summary>
    public const string Name = "disclosures";

    /// <summary>How the files must be handled: it stands in their names and records.</summary>
    public const string Confidentiality = "salassa pidettävä (621/1999, 24 § 1 mom. 32 k)";

    private const string Mark = "salassa-pidettava";
    private const string Draft = ".draft";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _path = Path.Combine(store.Folder, Name);

    /// <summary>The name of a secret file.</summary>
    /// <param name="what">What it is: lower case, words joined by hyphens.</param>
    /// <param name="id">The disclosure's id.</param>
    /// <param name="extension">With its dot.</param>
    public static string NameOf(string what, string id, string extension) => $"{Mark}-{what}-{id[..8]}{extension}";

    /// <summary>Where a file is.</summary>
    public string PathOf(string name) => Path.Combine(_path, name);

    /// <summary>Step 1: the content is durable under another name.</summary>
    public async Task<StagedFile> StageAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancel)
    {
        Directory.CreateDirectory(_path, OwnerOnly | UnixFileMode.UserExecute);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly };
        await using var file = new FileStream(PathOf(name) + Draft, options);
        await file.WriteAsync(content, cancel);
        file.Flush(flushToDisk: true);
        return new StagedFile(name, SHA256.HashData(content.Span));
    }

    /// <summary>Step 3: the file appears, in the place of an older form of it where there is one.</summary>
    public void Publish(StagedFile file)
    {
        File.Move(PathOf(file.Name) + Draft, PathOf(file.Name), overwrite: true);
        FolderSync.Sync(_path);
    }

    /// <summary>Undoes step 1, where the disclosure was not recorded.</summary>
    public void Discard(StagedFile file) => File.Delete(PathOf(file.Name) + Draft);

    /// <summary>The names of the files that are there.</summary>
    public IReadOnlyList<string> Files() => Directory.Exists(_path)
        ? [.. Directory.EnumerateFiles(_path).Select(file => Path.GetFileName(file)).Where(name => !name.EndsWith(Draft, StringComparison.Ordinal))]
        : [];

    /// <summary>Deletes a file, durably.</summary>
    public void Remove(string name)
    {
        File.Delete(PathOf(name));
        FolderSync.Sync(_path);
    }

    /// <summary>Ends what a stop cut short: recorded files appear, others go.</summary>
    public async Task RecoverAsync(CancellationToken cancel)
    {
        if (!Directory.Exists(_path))
        {
            return;
        }

        foreach (var draft in Directory.EnumerateFiles(_path, "*" + Draft).ToList())
        {
            var name = Path.GetFileName(draft)[..^Draft.Length];
            var file = new StagedFile(name, SHA256.HashData(await File.ReadAllBytesAsync(draft, cancel)));
            await using var db = store.Read();
            if (await db.Set<DisclosureRow>().AnyAsync(row => row.Consortium == store.Consortium && row.FileName == name && row.FileHash == file.Hash, cancel))
            {
                Publish(file);
            }
            else
            {
                Discard(file);
            }
        }
    }
}
