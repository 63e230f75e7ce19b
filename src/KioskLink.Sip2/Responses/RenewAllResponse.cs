using KioskLink.Sip2.Wire;

namespace KioskLink.Sip2;

/// <summary>66: what became of all loans.</summary>
public sealed record RenewAllResponse : SpokenResponse
{
    /// <inheritdoc/>
    public override MessageCode Code => MessageCode.RenewAllResponse;

    /// <summary>It was done.</summary>
    public bool Ok { get; init; }

    /// <summary>How many were renewed.</summary>
    public int? RenewedCount { get; init; }

    /// <summary>How many were not.</summary>
    public int? UnrenewedCount { get; init; }

    /// <summary>When it is answered.</summary>
    public WireTime At { get; init; }

    /// <summary>AO: the branch or library.</summary>
    public string Institution { get; init; } = "";

    /// <summary>BM: which were.</summary>
    public IReadOnlyList<string> Renewed { get; init; } = [];

    /// <summary>BN: which were not.</summary>
    public IReadOnlyList<string> Unrenewed { get; init; } = [];

    internal static RenewAllResponse Read(ref MessageReader from) => new()
    {
        Ok = from.OneZero(),
        RenewedCount = from.Number(4),
        UnrenewedCount = from.Number(4),
        At = from.Time(),
        Institution = from.Text("AO"u8) ?? "",
        Renewed = from.Texts("BM"u8),
        Unrenewed = from.Texts("BN"u8),
        ScreenMessages = from.Texts("AF"u8),
        PrintLines = from.Texts("AG"u8),
        Extra = from.Others(),
    };

    internal override void WriteBody(MessageWriter to) => to.OneZero(Ok).Number(RenewedCount, 4).Number(UnrenewedCount, 4)
        .Time(At).Text("AO"u8, Institution).Items("BM"u8, Renewed).Items("BN"u8, Unrenewed).Others(Extra)
        .Texts("AF"u8, ScreenMessages).Texts("AG"u8, PrintLines);
}
