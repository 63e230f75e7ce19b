using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Access;
using KioskLink.Register.Audit;
using KioskLink.Register.Identity;
using KioskLink.Register.Requests;
using KioskLink.Register.Store;
using NodaTime;

namespace KioskLink.Register.Circulation;

/// <summary>An act as it was asked for, its fields checked.</summary>
/// <param name="Act">The act.</param>
/// <param name="Kind">What it is, as rows name it.</param>
/// <param name="Caller">Who asks: a node's id, or a person's name.</param>
/// <param name="Branch">The branch; empty where staff names none.</param>
/// <param name="HappenedAt">When it happened; null means now.</param>
internal sealed record ActTerms(Act Act, string Kind, string Caller, string Branch, Instant? HappenedAt)
{
    /// <summary>Checks the fields of an act and its caller.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT names a wrong field, PERMISSION_DENIED a device or branch that may not.</exception>
    public static ActTerms Checked(RegisterCore core, ServerCallContext context, Act? asked, string kind)
    {
        var caller = context.Caller();
        var act = asked ?? throw Field.Wrong("act", "is missing: give its id and machine");
        Field.Required(act.TransactionId, "transaction_id", Field.IdMax);
        if (caller.Role == CallerRole.Node)
        {
            Field.Required(act.DeviceId, "device_id", Field.IdMax);
        }

        Field.Optional(act.DeviceId, "device_id", Field.IdMax);
        Field.Optional(act.NotedBy, "noted_by", Field.IdMax);
        DeviceFields.RequireLoans(caller.Role, act.DeviceRole);
        var branch = ActBranch.Of(core, caller, act.BranchId);
        var happened = Field.Time(act.HappenedTime, "happened_time");
        context.Audit().Fields(ActDesk.FieldsClass);
        return new ActTerms(act, kind, caller.Name, branch, happened);
    }
}

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

    /// <summary>An act of any kind that was withdrawn, before or after it came.</summary>
    public const string Withdrawn = "withdrawn";
}
