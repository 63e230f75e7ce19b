using System.Text.Json;

namespace KioskLink.Register.Audit;

/// <summary>
/// The chain's end outside the database: a small file beside it. It shows a database that was put back to an older state, which
/// no seal inside it can. It is there from the register's first start, so that a file that is gone shows too.
/// </summary>
/// <param name="folder">The data folder.</param>
internal sealed class HeadFile(string folder)
{
    /// <summary>The file's name.</summary>
    public const string Name = "audit.head";

    // One length for every state, within one sector: writing over it leaves the old state or the new one.
    private const int Length = 160;

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

    /// <summary>Writes the end of the chain.</summary>
    /// <param name="head">The end.</param>
    /// <param name="flush">Whether it outlives a power cut, and not only the program.</param>
    public void Write(AuditHead head, bool flush)
    {
        var bytes = new byte[Length];
        bytes.AsSpan().Fill((byte)' ');
        JsonSerializer.SerializeToUtf8Bytes(Kept.Of(head)).CopyTo(bytes, 0);
        using var file = new FileStream(_path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        file.Write(bytes);
        if (file.Length != Length)
        {
            file.SetLength(Length);
        }

        if (flush)
        {
            file.Flush(flushToDisk: true);
        }
    }

    /// <summary>A row that was durable.</summary>
    /// <param name="Sequence">Its sequence.</param>
    /// <param name="Hash">Its hash, in hexadecimal.</param>
    internal sealed record Kept(long Sequence, string Hash)
    {
        /// <summary>What is kept of an end.</summary>
        public static Kept Of(AuditHead head) => new(head.Sequence, Convert.ToHexStringLower(head.Hash));
    }
}
