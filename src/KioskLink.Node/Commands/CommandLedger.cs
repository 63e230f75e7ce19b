namespace KioskLink.Node.Commands;

/// <summary>The commands of late, so that each is carried out at most once. The oldest are forgotten; by then they have expired. One thread.</summary>
internal sealed class CommandLedger
{
    /// <summary>How many are remembered.</summary>
    public const int Limit = 1024;

    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly Queue<string> _oldest = new();

    /// <summary>Notes a command. False when it is known already.</summary>
    public bool TryNote(string commandId)
    {
        if (!_known.Add(commandId))
            return false;
        _oldest.Enqueue(commandId);
        if (_oldest.Count > Limit)
            _known.Remove(_oldest.Dequeue());
        return true;
    }
}
