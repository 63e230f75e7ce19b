namespace KioskLink.Testing;

/// <summary>A folder of one test's own, gone with everything in it when the test is.</summary>
public sealed class TempFolder : IDisposable
{
    // A database's pool closes an idle connection when it likes, and leaves a file for a moment in a folder that is being emptied.
    private const int DeleteTries = 5;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("kiosklink-");

    /// <summary>The folder's full path.</summary>
    public string Path => _folder.FullName;

    /// <summary>The full path of a file or folder in it, whether it exists or not.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Writes a text file, its folders included, and returns its full path.</summary>
    public string Write(string name, string text)
    {
        var path = this[name];
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        for (var tries = 1; Directory.Exists(Path); tries++)
        {
            try
            {
                _folder.Delete(recursive: true);
            }
            catch (IOException) when (tries < DeleteTries)
            {
                // It is emptied once more.
            }
        }
    }
}
