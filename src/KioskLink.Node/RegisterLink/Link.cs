namespace KioskLink.Node.RegisterLink;

/// <summary>How the link to the register stands. Thread-safe.</summary>
internal sealed class Link
{
    /// <summary>The state.</summary>
    public LinkState State { get; private set; } = LinkState.Offline;

    /// <summary>Told after each change, on the thread that made it; handlers return at once.</summary>
    public event Action<LinkState>? Changed;

    /// <summary>Sets the state.</summary>
    internal void Set(LinkState state)
    {
        State = state;
        Changed?.Invoke(state);
    }
}
