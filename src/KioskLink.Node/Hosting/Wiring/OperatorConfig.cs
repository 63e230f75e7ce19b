using KioskLink.Rules.Doors;
using KioskLink.Rules.Premises;

namespace KioskLink.Node.Hosting.Wiring;

/// <summary>The mode of a door's operator in each state of the branch.</summary>
internal sealed record OperatorConfig
{
    /// <summary>In staffed hours: `automatic` or `holdOpen` only once the door is free.</summary>
    public OperatorMode Staffed { get; init; } = OperatorMode.Automatic;

    /// <summary>In self-service.</summary>
    public OperatorMode SelfService { get; init; } = OperatorMode.ExitOnly;

    /// <summary>While it is closed: `off` only where the leaf opens by hand from inside; it is exit only as long as people are counted there.</summary>
    public OperatorMode Closed { get; init; } = OperatorMode.ExitOnly;

    /// <summary>While it is suspended, as in self-service.</summary>
    public OperatorMode Suspended { get; init; } = OperatorMode.ExitOnly;

    /// <summary>The mode in a state.</summary>
    public OperatorMode For(BranchState state) => state switch
    {
        BranchState.Staffed => Staffed,
        BranchState.SelfService => SelfService,
        BranchState.Suspended => Suspended,
        _ => Closed,
    };
}
