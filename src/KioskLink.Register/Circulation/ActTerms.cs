using KioskLink.Protos.Register.V1;
using NodaTime;

namespace KioskLink.Register.Circulation;

/// <summary>An act as it was asked for, its fields checked.</summary>
/// <param name="Act">The act.</param>
/// <param name="Kind">What it is, as rows name it.</param>
/// <param name="Caller">Who asks: a node's id, or a person's name.</param>
/// <param name="Branch">The branch; empty where staff names none.</param>
/// <param name="HappenedAt">When it happened; null means now.</param>
internal sealed record ActTerms(Act Act, string Kind, string Caller, string Branch, Instant? HappenedAt);

/// <summary>The kinds of acts, as rows and conflicts name them.</summary>
internal static class ActKind
{
    /// <summary>A loan.</summary>
    public const string CheckOut = "checkout";

    /// <summary>A return.</summary>
    public const string CheckIn = "checkin";

    /// <summary>A renewal.</summary>
    public const string Renew = "renew";

    /// <summary>Renewals of all loans.</summary>
    public const string RenewAll = "renew-all";

    /// <summary>A hold.</summary>
    public const string Hold = "hold";

    /// <summary>A payment.</summary>
    public const string Pay = "pay";
}
