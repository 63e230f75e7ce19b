namespace KioskLink.Node.Diagnostics;

/// <summary>Hands progress on at once, on the thread that tells it.</summary>
internal sealed class Told<T>(Action<T> take) : IProgress<T>
{
    /// <inheritdoc/>
    public void Report(T value) => take(value);
}
