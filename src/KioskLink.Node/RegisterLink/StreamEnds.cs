namespace KioskLink.Node.RegisterLink;

/// <summary>How streams to the register end besides by a status: given up, cut, or carrying what this node cannot read.</summary>
internal static class StreamEnds
{
    /// <summary>Whether a failure only ends the stream, to be opened again.</summary>
    public static bool IsOrdinary(Exception error) =>
        error is TimeoutException or OperationCanceledException or ObjectDisposedException or InvalidOperationException or IOException
            or InvalidDataException or FormatException;
}
