using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;

namespace KioskLink.Register.Staff;

/// <summary>Wrong passwords for one account from one place, as stored.</summary>
[Table("staff_failures")]
[PrimaryKey(nameof(Consortium), nameof(AccountId), nameof(Place))]
internal sealed record StaffFailureRow
{
    public required string Consortium { get; init; }

    public long AccountId { get; init; }

    public required string Place { get; init; }

    /// <summary>Whether the place is a device that is known for the account.</summary>
    public bool IsKnown { get; init; }

    /// <summary>Failures since the place was shut out last.</summary>
    public int InRow { get; init; }

    /// <summary>Failures since the account was shut to all places last.</summary>
    public int Counted { get; init; }

    public long FailedAt { get; init; }

    public long? ShutUntil { get; init; }

    /// <summary>Whether the place is shut out at a time.</summary>
    public bool IsShutAt(long nowMs) => ShutUntil > nowMs;

    /// <summary>The row after one more failure: the fifth in a row shuts the place out.</summary>
    public StaffFailureRow Failed(long nowMs)
    {
        var row = this with { InRow = InRow + 1, Counted = Counted + 1, FailedAt = nowMs };
        return row.InRow < StaffLimits.FailuresMax
            ? row
            : row with { InRow = 0, ShutUntil = nowMs + (long)StaffLimits.Lockout.TotalMilliseconds };
    }
}

/// <summary>A device from which an account's person has signed in: the hash of its key, never the key.</summary>
[Table("staff_devices")]
[PrimaryKey(nameof(Consortium), nameof(AccountId), nameof(KeyHash))]
internal sealed record StaffDeviceRow
{
    public required string Consortium { get; init; }

    public long AccountId { get; init; }

    public byte[] KeyHash { get; init; } = [];

    public long UsedAt { get; init; }
}
