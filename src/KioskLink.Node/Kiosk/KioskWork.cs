using KioskLink.Node.Deciding;
using KioskLink.Protos.Register.V1;

namespace KioskLink.Node.Kiosk;

/// <summary>What the kiosk API needs done elsewhere. All are thread-safe.</summary>
internal sealed record KioskWork
{
    /// <summary>What a door of this node knows; null when it is none of ours.</summary>
    public required Func<string, DoorConditions?> Conditions { get; init; }

    /// <summary>Decides and records, and records that no lock was moved. Wipes the PIN.</summary>
    public required Func<Presentation, Task<DecisionRecord>> Decide { get; init; }

    /// <summary>Checks card and PIN, from the register while it can be asked, else from the replica. The arguments: the request, the calling device, the PIN.</summary>
    public required Func<Protos.Node.V1.VerifyCredentialsRequest, KioskDevice, byte[], Task<Protos.Node.V1.VerifyCredentialsResponse>> Verify { get; init; }

    /// <summary>Asks the register for a patron's loans. The arguments: the request, the calling device, the PIN.</summary>
    public required Func<Protos.Node.V1.GetLoanStatusRequest, KioskDevice, byte[], Task<Protos.Node.V1.GetLoanStatusResponse>> Loans { get; init; }

    /// <summary>What patrons are told of breaks and outages now, in a language.</summary>
    public required Func<Protos.Types.V1.Language, IEnumerable<Protos.Node.V1.OutageNotice>> Notices { get; init; }
}
