using KioskLink.Sip2.Wire;

namespace KioskLink.Sip2;

/// <summary>99: how the machine is; also a sign of life.</summary>
public sealed record ScStatusRequest : Request
{
    /// <inheritdoc/>
    public override MessageCode Code => MessageCode.ScStatus;

    /// <summary>How it is.</summary>
    public ScCondition Condition { get; init; }

    /// <summary>Characters in a line of its printer.</summary>
    public int? PrintWidth { get; init; }

    /// <summary>`2.00` or `1.00`.</summary>
    public string ProtocolVersion { get; init; } = "2.00";

    internal static ScStatusRequest Read(ref MessageReader from) => new()
    {
        Condition = (ScCondition?)from.Number(1) ?? ScCondition.Ok,
        PrintWidth = from.Number(3),
        ProtocolVersion = from.Word(4),
        Extra = from.Others(),
    };

    internal override void WriteBody(MessageWriter to) => to.Number((int)Condition, 1).Number(PrintWidth, 3)
        .Word(ProtocolVersion, 4).Others(Extra);
}
