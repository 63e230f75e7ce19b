namespace KioskLink.Sip2.Circulation;

/// <summary>What can be done now. Also a machine's sign of life.</summary>
public sealed record ServiceQuestion : Question
{
    /// <summary>How the machine is.</summary>
    public ScCondition Condition { get; init; }

    /// <summary>Characters in a line of its printer.</summary>
    public int? PrintWidth { get; init; }
}
