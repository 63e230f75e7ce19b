using System.Runtime.InteropServices;

namespace KioskLink.Rules.Pins;

/// <summary>The two functions of libsodium that are used here (crypto_pwhash.h). Thread-safe after the first use.</summary>
internal static partial class Libsodium
{
    private const string Library = "libsodium.so.23";
    private const int Argon2id13 = 2;

    private static readonly Lazy<bool> Available =
        new(() => NativeLibrary.TryLoad(Library, out _) && Initialise() >= 0);

    public static bool IsAvailable => Available.Value;

    /// <summary>Fills the output; false when memory ran out.</summary>
    public static bool Argon2id(Span<byte> output, ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, ulong passes, nuint memoryBytes) =>
        Hash(output, (ulong)output.Length, password, (ulong)password.Length, salt, passes, memoryBytes, Argon2id13) == 0;

    // 0: started; 1: was started before; -1: failed.
    [LibraryImport(Library, EntryPoint = "sodium_init")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Initialise();

    [LibraryImport(Library, EntryPoint = "crypto_pwhash")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Hash(
        Span<byte> output,
        ulong outputLength,
        ReadOnlySpan<byte> password,
        ulong passwordLength,
        ReadOnlySpan<byte> salt,
        ulong passes,
        nuint memoryBytes,
        int algorithm);
}
