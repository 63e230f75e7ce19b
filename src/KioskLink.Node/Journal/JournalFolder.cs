using KioskLink.Node.Hosting;

namespace KioskLink.Node.Journal;

/// <summary>Where journals lie: the one in use, and those that were set aside whole. Nothing here deletes one.</summary>
internal sealed class JournalFolder(string data, long maxBytes)
{
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
        foreach (var suffix in new[] { "", "-wal", "-shm" })
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
        for (var number = 1; File.Exists(Aside(number)); number++)
        {
            try
            {
                using var file = JournalFile.Open(Aside(number), maxBytes);
                file.ErasePersonalOf(token);
            }
            catch (Exception damage) when (SqliteFiles.IsDamage(damage))
            {
                // A file that no program can read tells nobody anything of the card; whoever mends it has the register's list of erasures.
            }
        }
    }

    private string Aside(int number) => Path.Combine(data, $"journal.set-aside-{number}.db");
}
