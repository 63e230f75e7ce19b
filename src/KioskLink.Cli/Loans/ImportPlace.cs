using System.Globalization;
using System.Security.Cryptography;

namespace KioskLink.Cli.Loans;

/// <summary>
/// How far an import of a file came, kept by the hash of its content and the register's address, so that an interrupted one goes on.
/// It holds a line's number and nothing of the file.
/// </summary>
internal sealed class ImportPlace
{
    private readonly string _path;

    private ImportPlace(string path) => _path = path;

    /// <summary>The folder of this user's places, or the one that KIOSKLINK_IMPORTS names.</summary>
    private static string Folder => Environment.GetEnvironmentVariable("KIOSKLINK_IMPORTS")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData), "kiosklink", "imports");

    /// <summary>The place of a file at a register.</summary>
    /// <exception cref="CommandProblem">The file cannot be read.</exception>
    public static ImportPlace Of(string file, string register)
    {
        try
        {
            using var content = File.OpenRead(file);
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            hash.AppendData(SHA256.HashData(content));
            hash.AppendData(System.Text.Encoding.UTF8.GetBytes(register));
            return new ImportPlace(Path.Combine(Folder, Convert.ToHexStringLower(hash.GetHashAndReset())));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            throw CommandProblem.Usage($"{file} cannot be read; check the path and the file's rights.");
        }
    }

    /// <summary>The last line that was taken; 0 where none was.</summary>
    public long Read()
    {
        try
        {
            return long.TryParse(File.ReadAllText(_path), CultureInfo.InvariantCulture, out var line) ? line : 0;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    /// <summary>Keeps the last line that was taken.</summary>
    public void Keep(long line)
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllText(_path, line.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Forgets the place: the file was read to its end.</summary>
    public void Forget() => File.Delete(_path);
}
