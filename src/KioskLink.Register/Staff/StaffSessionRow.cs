using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;

namespace KioskLink.Register.Staff;

/// <summary>A session as stored: the hash of its token, never the token.</summary>
[Table("staff_sessions")]
[PrimaryKey(nameof(Consortium), nameof(TokenHash))]
internal sealed record StaffSessionRow
{
    public required string Consortium { get; set; }

    public byte[] TokenHash { get; set; } = [];

    public long AccountId { get; set; }

    public string Device { get; set; } = "";

    public long CreatedAt { get; set; }

    public long SeenAt { get; set; }

    public long EndsAt { get; set; }

    /// <summary>The account's security stamp when the session began.</summary>
    public string Stamp { get; set; } = "";
}

/// <summary>An undertaking of secrecy that a person gave (R43).</summary>
[Table("staff_undertakings")]
[PrimaryKey(nameof(Consortium), nameof(AccountId), nameof(Version))]
internal sealed record StaffUndertakingRow
{
    public required string Consortium { get; set; }

    public long AccountId { get; set; }

    public required string Version { get; set; }

    public long AcceptedAt { get; set; }

    public string Device { get; set; } = "";
}
