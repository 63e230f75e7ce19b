using System.Text.Json;

namespace KioskLink.Cli.Staff;

/// <summary>
/// Keeps what makes this computer known to registers after a sign-in, so that wrong passwords from elsewhere do not shut it out; it
/// outlives the session, and is readable by its owner only.
/// </summary>
/// <param name="path">The file.</param>
internal sealed class KnownDeviceFile(string path)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The file that belongs to a session's.</summary>
    public static KnownDeviceFile Beside(SessionFile session) => new(session.FullPath + ".device");

    /// <summary>The key for a register; empty where there is none.</summary>
    public string Read(string register) => ReadAll().GetValueOrDefault(register, "");

    /// <summary>Keeps the key for a register; an older program of the register gives none.</summary>
    public void Write(string register, string key)
    {
        if (key.Length == 0)
        {
            return;
        }

        var all = ReadAll();
        all[register] = key;
        File.Delete(path);
        using var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly });
        JsonSerializer.Serialize(file, all);
    }

    private Dictionary<string, string> ReadAll()
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(path)) ?? [];
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException or JsonException)
        {
            return [];
        }
    }
}
