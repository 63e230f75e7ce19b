using KioskLink.Devices.Osdp;

namespace KioskLink.Devices.Serial;

/// <summary>Puts nobody's card in the place of a real one, in what a device has said, before a trace sees it.</summary>
/// <param name="asked">What was written last.</param>
/// <param name="said">What the device has said; changed in place.</param>
/// <returns>Whether something was replaced.</returns>
internal delegate bool LinkMask(ReadOnlySpan<byte> asked, Span<byte> said);

/// <summary>
/// A line whose bytes can be watched, of protocols whose frames only the devices' own code knows: what is written at once is a frame, and what is read up
/// to a line end, a pause, or the next request. Unwatched it costs nothing. One loop owns it, as any line; who watches may change from any thread.
/// </summary>
/// <param name="link">The line.</param>
/// <param name="mask">Masks what is read; null where nothing in the protocol is a person's, and then each piece is shown as it comes.</param>
internal sealed class TracedLink(ISerialLink link, LinkMask? mask = null) : ISerialLink
{
    /// <summary>The longest piece that is shown as one.</summary>
    public const int Longest = 512;

    private readonly byte[] _said = new byte[Longest];
    private readonly byte[] _masked = new byte[Longest];
    private readonly byte[] _asked = new byte[Longest];
    private int _saidCount;
    private int _askedCount;
    private volatile TraceTap _tap = TraceTap.None;

    /// <inheritdoc/>
    public string Path => link.Path;

    /// <summary>Shows the line from now on to others than before. They must be quick: they are called on the line's thread.</summary>
    /// <param name="masked">Sees it with nobody's card in it; null for nobody.</param>
    /// <param name="asWritten">Sees it as it is; null for nobody.</param>
    public void Trace(FrameTrace? masked, FrameTrace? asWritten) => _tap = new TraceTap(masked, asWritten);

    /// <inheritdoc/>
    public PortProblem? Open() => link.Open();

    /// <inheritdoc/>
    public LinkSignal Wait(TimeSpan limit)
    {
        var signal = link.Wait(limit);
        if (signal is LinkSignal.TimedOut or LinkSignal.Gone)
            Show();
        return signal;
    }

    /// <inheritdoc/>
    public int Read(Span<byte> buffer)
    {
        var count = link.Read(buffer);
        if (count > 0 && IsWatched)
            Take(buffer[..count]);
        return count;
    }

    /// <inheritdoc/>
    public bool Write(ReadOnlySpan<byte> bytes)
    {
        if (!IsWatched)
        {
            (_saidCount, _askedCount) = (0, 0);
            return link.Write(bytes);
        }
        Show();
        _askedCount = Math.Min(bytes.Length, Longest);
        bytes[.._askedCount].CopyTo(_asked);
        var tap = _tap;
        tap.Masked?.Invoke(FrameDirection.Sent, bytes, masked: false);
        tap.AsWritten?.Invoke(FrameDirection.Sent, bytes, masked: false);
        return link.Write(bytes);
    }

    /// <inheritdoc/>
    public bool SetBaud(int baud) => link.SetBaud(baud);

    /// <inheritdoc/>
    public void Wake() => link.Wake();

    /// <inheritdoc/>
    public void Close()
    {
        Show();
        link.Close();
    }

    /// <inheritdoc/>
    public void Dispose() => link.Dispose();

    private bool IsWatched => _tap is { } tap && (tap.Masked is not null || tap.AsWritten is not null);

    private void Take(ReadOnlySpan<byte> bytes)
    {
        foreach (var each in bytes)
        {
            _said[_saidCount++] = each;
            if (_saidCount == Longest || (mask is not null && each is (byte)'\r' or (byte)'\n' or 0x03))
                Show();
        }
        if (mask is null)
            Show();
    }

    // A number that a piece's limit cuts in two is masked in both.
    private void Show()
    {
        if (_saidCount == 0)
            return;
        var tap = _tap;
        var said = _said.AsSpan(0, _saidCount);
        var masked = _masked.AsSpan(0, _saidCount);
        _saidCount = 0;
        tap.AsWritten?.Invoke(FrameDirection.Received, said, masked: false);
        said.CopyTo(masked);
        if (tap.Masked is { } show)
            show(FrameDirection.Received, masked, mask?.Invoke(_asked.AsSpan(0, _askedCount), masked) ?? false);
        said.Clear();
    }
}
