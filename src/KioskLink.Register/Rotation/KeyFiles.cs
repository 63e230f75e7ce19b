using System.Security.Cryptography;
using System.Text;
using KioskLink.Register.Hosting;
using KioskLink.Register.Identity;
using KioskLink.Register.Store;

namespace KioskLink.Register.Rotation;

/// <summary>
/// The files of a rotation, beside each other: the key in force, <c>.new</c> that takes over, and <c>.old</c> that was before.
/// What is written is durable before the call returns; readable by its owner only.
/// </summary>
/// <param name="path">The master key's file.</param>
internal sealed class KeyFiles(string path)
{
    /// <summary>The key in force.</summary>
    public string InForce => path;

    /// <summary>The key that takes over.</summary>
    public string Next => path + ".new";

    /// <summary>The key that was in force before.</summary>
    public string Before => path + ".old";

    /// <summary>Reads a key.</summary>
    /// <exception cref="StartProblem">It is missing or malformed.</exception>
    public static MasterKey Read(string file)
    {
        var key = new IdentityFiles("", file).ReadMasterKey();
        var read = new MasterKey(key);
        CryptographicOperations.ZeroMemory(key);
        return read;
    }

    /// <summary>Makes the key that takes over, unless it was made already.</summary>
    public void MakeNext()
    {
        if (!File.Exists(Next))
        {
            var key = RandomNumberGenerator.GetBytes(MasterKey.Length);
            WholeFile.Replace(Next, Encoding.ASCII.GetBytes(Convert.ToBase64String(key) + "\n"));
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>Puts the next key in force and keeps the one before it.</summary>
    public void Exchange()
    {
        WholeFile.Replace(Before, File.ReadAllBytes(InForce));
        File.Move(Next, InForce, overwrite: true);
        FolderSync.Sync(Path.GetDirectoryName(path)!);
    }
}
