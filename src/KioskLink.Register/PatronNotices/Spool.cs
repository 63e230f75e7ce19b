using System.Text;
using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Identity;
using KioskLink.Register.Store;

namespace KioskLink.Register.PatronNotices;

/// <summary>
/// The folder from which others deliver: <c>spool/letters</c>, <c>spool/mail</c>, <c>spool/sms</c> in the data folder. A file appears
/// there whole, readable by its owner only, after the notice is on record: it is written aside, then moved. What a stop left aside
/// is moved or dropped at the next start, so that nothing is lost and nothing is sent twice. Thread-safe.
/// </summary>
/// <param name="store">The store in the data folder.</param>
internal sealed class Spool(RegisterStore store)
{
    private const string Folder = "spool";
    private const string Aside = "aside";
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerFolder = OwnerFile | UnixFileMode.UserExecute;

    /// <summary>Where a new notice of a channel will lie, relative to the data folder.</summary>
    public static string NewFile(NoticeChannel channel)
    {
        var name = Guid.NewGuid().ToString("N");
        return channel switch
        {
            NoticeChannel.Email => $"{Folder}/mail/{name}.eml",
            NoticeChannel.Sms => $"{Folder}/sms/{name}.sms",
            _ => $"{Folder}/letters/{name}.txt",
        };
    }

    /// <summary>Writes a file aside, durably.</summary>
    /// <exception cref="RpcException">RESOURCE_EXHAUSTED: the disk refuses; nothing is left.</exception>
    public void Prepare(string file, string text)
    {
        var aside = AsideOf(file);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(aside)!, OwnerFolder);
            Directory.CreateDirectory(Path.GetDirectoryName(Full(file))!, OwnerFolder);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerFile };
            using var stream = new FileStream(aside, options);
            stream.Write(Encoding.UTF8.GetBytes(text));
            stream.Flush(flushToDisk: true);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            Drop(file);
            throw Refused.With(StatusCode.ResourceExhausted, "SPOOL_FAILED", "The spool folder cannot be written and nothing was sent; make room or mend its rights, and call again.");
        }
    }

    /// <summary>Puts a prepared file where it is delivered from.</summary>
    public void Release(string file) => File.Move(AsideOf(file), Full(file));

    /// <summary>Drops a prepared file that is not to be sent.</summary>
    public void Drop(string file)
    {
        if (AsideOf(file) is var path && File.Exists(path))
        {
            File.Delete(path);
        }
    }

    /// <summary>Deletes a file wherever it is, durably; one that was delivered and taken away is nowhere.</summary>
    public void Erase(string file)
    {
        foreach (var path in new[] { AsideOf(file), Full(file) }.Where(File.Exists))
        {
            File.Delete(path);
            FolderSync.Sync(Path.GetDirectoryName(path)!);
        }
    }

    /// <summary>Finishes what a stop left: a prepared file of a notice on record is released, any other dropped.</summary>
    /// <returns>The released files.</returns>
    public int Recover(RegisterDb db)
    {
        var aside = Path.Combine(store.Folder, Folder, Aside);
        var released = 0;
        foreach (var path in Directory.Exists(aside) ? Directory.GetFiles(aside) : [])
        {
            var name = Path.GetFileName(path);
            if (db.Set<SentNoticeRow>().Where(row => row.File.EndsWith("/" + name)).Select(row => row.File).FirstOrDefault() is { } file)
            {
                Release(file);
                released++;
            }
            else
            {
                File.Delete(path);
            }
        }

        return released;
    }

    private string Full(string file) => Path.Combine(store.Folder, file);

    private string AsideOf(string file) => Path.Combine(store.Folder, Folder, Aside, Path.GetFileName(file));
}
