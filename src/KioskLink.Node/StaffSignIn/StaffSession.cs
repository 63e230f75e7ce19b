using KioskLink.Protos.Register.V1;

namespace KioskLink.Node.StaffSignIn;

/// <summary>Somebody of the staff who is signed in at the node's pages. In memory alone. Thread-safe.</summary>
/// <param name="name">The name that was typed, for the page alone.</param>
/// <param name="accountRef">The account as the journal names it.</param>
/// <param name="roles">Its roles.</param>
/// <param name="stamp">The register's stamp of the account.</param>
/// <param name="withRegister">Whether the register vouched for it, and not the node.</param>
/// <param name="started">When it began.</param>
internal sealed class StaffSession(string name, string accountRef, IEnumerable<StaffRole> roles, byte[] stamp, bool withRegister, DateTimeOffset started) : IDisposable
{
    private readonly CancellationTokenSource _ending = new();
    private string? _notice;
    private int _streams;

    /// <summary>The name.</summary>
    public string Name { get; } = name;

    /// <summary>The account.</summary>
    public string Ref { get; } = accountRef;

    /// <summary>Who acts, as the journal says it.</summary>
    public string Actor => $"staff {Ref}";

    /// <summary>The account's stamp.</summary>
    public byte[] Stamp { get; } = stamp;

    /// <summary>Whether the register vouched for it.</summary>
    public bool WithRegister { get; } = withRegister;

    /// <summary>When it began.</summary>
    public DateTimeOffset Started { get; } = started;

    /// <summary>When it was last used by its person, as against a live page.</summary>
    public DateTimeOffset Used { get; set; } = started;

    /// <summary>Whether it may see the technician's page.</summary>
    public bool IsTechnician { get; } = roles.Any(role => role is StaffRole.Technician or StaffRole.Administrator);

    /// <summary>Whether it may see the desk's page.</summary>
    public bool IsLibrarian { get; } = roles.Any(role => role is StaffRole.Librarian or StaffRole.Administrator);

    /// <summary>Is cancelled when the session is over.</summary>
    public CancellationToken Ending => _ending.Token;

    /// <summary>What pages keep of a person's work until the session is over; one of each kind.</summary>
    public SessionKeep Keep { get; } = new();

    /// <summary>Leaves a sentence for the next page.</summary>
    public void Leave(string notice) => Interlocked.Exchange(ref _notice, notice);

    /// <summary>Takes the sentence that was left; null when there is none.</summary>
    public string? Take() => Interlocked.Exchange(ref _notice, null);

    /// <summary>Takes room for a live page; false when the session has its full number.</summary>
    public bool TryOpenStream()
    {
        if (Interlocked.Increment(ref _streams) <= StaffLimits.StreamsPerSession)
            return true;
        CloseStream();
        return false;
    }

    /// <summary>Gives the room back.</summary>
    public void CloseStream() => Interlocked.Decrement(ref _streams);

    /// <summary>Ends it: whatever it watches or tests stops.</summary>
    public void Dispose() => _ending.Cancel();

    /// <summary>Without a name.</summary>
    public override string ToString() => $"session of {Actor}";
}
