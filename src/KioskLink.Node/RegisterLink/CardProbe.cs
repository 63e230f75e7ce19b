namespace KioskLink.Node.RegisterLink;

/// <summary>
/// Asks after the register as soon as a card is read that needs a PIN: a network that has died without a word shows while the patron
/// types, and the decision need not wait for it. At most one question is under way. Thread-safe.
/// </summary>
/// <param name="report">Asks on the connection of decisions; whether the register answered.</param>
/// <param name="link">Told how that went.</param>
/// <param name="patience">How long the register may take before the link is in doubt.</param>
/// <param name="time">Where time comes from.</param>
internal sealed class CardProbe(Func<Task<bool>> report, Link link, Func<TimeSpan> patience, TimeProvider time)
{
    private int _isUnderWay;

    /// <summary>Asks, while the link is online; returns at once.</summary>
    public void Ask()
    {
        if (link.State == LinkState.Online && Interlocked.Exchange(ref _isUnderWay, 1) == 0)
            _ = AskAsync();
    }

    private async Task AskAsync()
    {
        try
        {
            var answered = report();
            await Task.WhenAny(answered, Task.Delay(patience(), time));
            if (!answered.IsCompleted)
                link.Post(LinkInput.CallLate);
            link.Post(await answered ? LinkInput.CallAnswered : LinkInput.CallFailed);
        }
        finally
        {
            Interlocked.Exchange(ref _isUnderWay, 0);
        }
    }
}
