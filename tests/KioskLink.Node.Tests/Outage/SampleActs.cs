using KioskLink.Node.Outage;
using NodaTime;

namespace KioskLink.Node.Tests.Outage;

/// <summary>Acts as machines and staff leave them.</summary>
internal static class SampleActs
{
    public static readonly Instant Noon = Instant.FromUtc(2026, 11, 27, 12, 0);

    public static LoanAct Of(ActKind kind, string item, string? id = null, byte[]? token = null) => new()
    {
        Id = id ?? Guid.NewGuid().ToString("N"),
        Kind = kind,
        Item = item,
        Token = kind == ActKind.CheckIn ? [] : token ?? [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16],
        Envelope = kind == ActKind.CheckIn ? [] : [.. Enumerable.Repeat((byte)0xE5, 140)],
        Device = "selfcheck",
        Time = new ActTime(Noon, true, "boot-1", Duration.FromHours(1)),
        DueOn = kind == ActKind.CheckOut ? new LocalDate(2026, 12, 25) : null,
    };

    public static LoanAct Loan(string item, string? id = null) => Of(ActKind.CheckOut, item, id);

    public static LoanAct Return(string item, string? id = null) => Of(ActKind.CheckIn, item, id);
}
