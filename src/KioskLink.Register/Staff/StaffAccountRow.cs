using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using KioskLink.Register.Identity;

namespace KioskLink.Register.Staff;

/// <summary>The account of one person, robot or e-service, as stored and as ASP.NET Core Identity handles it.</summary>
[Table("staff_accounts")]
internal sealed record StaffAccountRow
{
    [Key]
    public long AccountId { get; set; }

    public required string Consortium { get; set; }

    public string UserName { get; set; } = "";

    /// <summary>The name as it is compared.</summary>
    public string NormalName { get; set; } = "";

    /// <summary>Whose account it is.</summary>
    public string PersonName { get; set; } = "";

    /// <summary>A <see cref="RoleSet"/>.</summary>
    public int Roles { get; set; }

    /// <summary>Empty until the account is set up.</summary>
    public string PasswordHash { get; set; } = "";

    public string SecurityStamp { get; set; } = "";

    /// <summary>Secret of the second factor, sealed; null for robots and before the account is set up.</summary>
    public byte[]? TotpSecret { get; set; }

    /// <summary>Time step of the last code that was used: no code works twice.</summary>
    public long TotpStep { get; set; }

    /// <summary>Hash of the one-time secret; null once it is used.</summary>
    public byte[]? SetUpHash { get; set; }

    public long SetUpEnds { get; set; }

    /// <summary>Counted before failures were counted by place; of no use since.</summary>
    public int Failures { get; set; }

    /// <summary>Until when wrong passwords from many places shut every place but known devices out.</summary>
    public long? LockoutEnds { get; set; }

    public long? LockedAt { get; set; }

    public string LockedBy { get; set; } = "";

    public string LockReason { get; set; } = "";

    /// <summary>Version of the undertaking of secrecy that was given last (R43).</summary>
    public string UndertakingVersion { get; set; } = "";

    public long? UndertakingAt { get; set; }

    public long CreatedAt { get; set; }

    public string CreatedBy { get; set; } = "";

    public long ChangedAt { get; set; }

    public string ChangedBy { get; set; } = "";

    /// <summary>The roles.</summary>
    [NotMapped]
    public RoleSet RoleSet => new(Roles);

    /// <summary>Whether it is a robot's (R36) or an e-service's (R31).</summary>
    [NotMapped]
    public bool IsMachine => (RoleSet & RoleSet.Machines) != RoleSet.None;

    /// <summary>Without what must not be printed.</summary>
    public override string ToString() => $"account {UserName}";
}
