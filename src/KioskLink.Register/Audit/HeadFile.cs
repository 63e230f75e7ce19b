using System.Text.Json;

namespace KioskLink.Register.Audit;

/// <summary>
/// The chain's end outside the database: a small file beside it. It shows a database that was put back to an older state, which
/// no seal inside it can.
/// </summary>
/// <param name="folder">The data folder.</param>
internal sealed class HeadFile(string folder)
{
    /// <summary>The file's name.</summary>
    public const string Name = "audit.head";

    private readonly string _path = Path.Combine(folder, Name);

    /// <summary>What the file says; null when there is none, or none that can be read.</summary>
    public Kept? Read()
    {
        try
        {
            return File.Exists(_path) ? JsonSerializer.Deserialize<Kept>(File.ReadAllText(_path)) : null;
        }
        catch (Exception broken) when (broken is IOException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes the end of the chain, whole or not at all.</summary>
    public void Write(AuditHead head)
    {
        var next = _path + ".next";
        using (var file = new FileStream(next, FileMode.Create, FileAccess.Write))
        {
            JsonSerializer.Serialize(file, new Kept(head.Sequence, Convert.ToHexStringLower(head.Hash)));
            file.Flush(flushToDisk: true);
        }

        File.Move(next, _path, overwrite: true);
    }

    /// <summary>A row that was durable.</summary>
    /// <param name="Sequence">Its sequence.</param>
    /// <param name="Hash">Its hash, in hexadecimal.</param>
    internal sealed record Kept(long Sequence, string Hash);
}
