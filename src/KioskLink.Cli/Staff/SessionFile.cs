using System.Text.Json;

namespace KioskLink.Cli.Staff;

/// <summary>Keeps the session of the person who signed in, for the commands that follow; readable by its owner only.</summary>
/// <param name="path">The file.</param>
internal sealed class SessionFile(string path)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The file of this user, or the one that KIOSKLINK_SESSION names.</summary>
    public static SessionFile Default => new(
        Environment.GetEnvironmentVariable("KIOSKLINK_SESSION")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData), "kiosklink", "session.json"));

    /// <summary>Where it lies.</summary>
    public string FullPath { get; } = Path.GetFullPath(path);

    /// <summary>Reads the session with a register.</summary>
    /// <exception cref="CommandProblem">Nobody signed in, or somewhere else.</exception>
    public Kept Read(Uri register)
    {
        var kept = ReadAny() ?? throw CommandProblem.Usage("Nobody is signed in here: run `kiosklink staff sign-in USER` first, or leave --as-staff out.");
        return kept.Register == register.ToString()
            ? kept
            : throw CommandProblem.Usage($"The session here is of {kept.Register}: sign in to {register} first.");
    }

    /// <summary>Keeps a session in place of the one before.</summary>
    public void Write(Kept session)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FullPath)!);
        File.Delete(FullPath);
        using var file = new FileStream(FullPath, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly });
        JsonSerializer.Serialize(file, session);
    }

    /// <summary>Forgets the session.</summary>
    public void Delete() => File.Delete(FullPath);

    private Kept? ReadAny()
    {
        try
        {
            return JsonSerializer.Deserialize<Kept>(File.ReadAllText(FullPath));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>A session.</summary>
    /// <param name="Register">The register's address.</param>
    /// <param name="User">Whose it is.</param>
    /// <param name="Token">Its token.</param>
    internal sealed record Kept(string Register, string User, string Token)
    {
        /// <summary>Without the token.</summary>
        public override string ToString() => $"session of {User} at {Register}";
    }
}
