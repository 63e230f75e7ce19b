using KioskLink.Node.Hosting;
using NodaTime;

namespace KioskLink.Node.Journal;

/// <summary>
/// Where journals lie: the one in use, and those that were set aside whole. One that can be read forgets whose its old entries were and
/// stays; one that nobody can read is deleted when it is as old, since it cannot forget.
/// </summary>
internal sealed class JournalFolder(string data, long maxBytes)
{
    private static readonly string[] Suffixes = ["", "-wal", "-shm"];

    private string Current => Path.Combine(data, "journal.db");

    /// <summary>Opens the journal in use; a damaged one is set aside first.</summary>
    /// <returns>The file, and the path of the one that was set aside.</returns>
    public (JournalFile File, string? SetAside) Open()
    {
        try
        {
            return (JournalFile.Open(Current, maxBytes), null);
        }
        catch (Exception damage) when (SqliteFiles.IsDamage(damage))
        {
            var aside = SetAside();
            return (JournalFile.Open(Current, maxBytes), aside);
        }
    }

    /// <summary>Renames the journal in use, with its write-ahead log, and makes the renames durable. Null when there is none.</summary>
    public string? SetAside()
    {
        if (!File.Exists(Current))
            return null;
        var number = 1;
        while (File.Exists(Aside(number)))
            number++;
        foreach (var suffix in Suffixes)
        {
            if (File.Exists(Current + suffix))
                File.Move(Current + suffix, Aside(number) + suffix);
        }
        FolderSync.Flush(data);
        return Aside(number);
    }

    /// <summary>Erases the personal part of every record of a card from the journals that were set aside, as far as they can be read.</summary>
    public void ErasePersonalOf(byte[] token)
    {
        foreach (var path in SetAsides())
        {
            // A file that no program can read tells nobody anything of the card; whoever mends it has the register's list of erasures.
            TryRead(path, file => file.ErasePersonalOf(token));
        }
    }

    /// <summary>Lets journals that were set aside forget whose entries before a time were.</summary>
    public void Forget(Instant limit)
    {
        foreach (var path in SetAsides())
        {
            if (!TryRead(path, file => file.ErasePersonal(file.LastBefore(limit))) && Instant.FromDateTimeUtc(File.GetLastWriteTimeUtc(path)) < limit)
                Delete(path);
        }
    }

    private bool TryRead(string path, Action<JournalFile> work)
    {
        try
        {
            using var file = JournalFile.Open(path, maxBytes);
            work(file);
            return true;
        }
        catch (Exception damage) when (SqliteFiles.IsDamage(damage))
        {
            return false;
        }
    }

    private void Delete(string path)
    {
        foreach (var suffix in Suffixes)
            File.Delete(path + suffix);
        FolderSync.Flush(data);
    }

    private List<string> SetAsides() => Directory.EnumerateFiles(data, "journal.set-aside-*.db").Order(StringComparer.Ordinal).ToList();

    private string Aside(int number) => Path.Combine(data, $"journal.set-aside-{number}.db");
}
