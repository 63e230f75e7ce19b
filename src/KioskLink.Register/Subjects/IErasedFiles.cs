namespace KioskLink.Register.Subjects;

/// <summary>
/// Files with personal data. An erasure or a rule of retention decides in the tables what must go, and commits; then this carries it out
/// on the disk, durably, and again at the next start or sweep where a stop came between. Thread-safe.
/// </summary>
internal interface IErasedFiles
{
    /// <summary>Carries out what is decided; nothing where all is done.</summary>
    /// <exception cref="IOException">The disk refuses; what is decided stays decided.</exception>
    Task SettleAsync(CancellationToken cancel);
}
