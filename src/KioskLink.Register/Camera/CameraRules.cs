using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Facts;
using KioskLink.Register.Identity;
using KioskLink.Register.Profiles;
using KioskLink.Register.Requests;
using NodaTime;

namespace KioskLink.Register.Camera;

/// <summary>What a viewing right, a record and a copy may be. INVALID_ARGUMENT names the field. Pure.</summary>
internal static class CameraRules
{
    /// <summary>The only recipient of a copy (R68).</summary>
    public const string Police = "police";

    /// <summary>How far a camera's clock and ours may lie apart.</summary>
    public static readonly Duration ClockDriftMax = Duration.FromHours(1);

    /// <summary>The rules of the consortium's cameras.</summary>
    /// <exception cref="RpcException">FAILED_PRECONDITION: there are none.</exception>
    public static CameraProfile InUse(ConsortiumProfile profile) => profile.Camera
        ?? throw Refused.With(StatusCode.FailedPrecondition, "CAMERA_NOT_IN_USE", "This consortium keeps no camera register: add `camera` to its profile.");

    /// <summary>A viewing right as it is to be stored (R69, R73).</summary>
    /// <param name="grant">The right as asked for.</param>
    /// <param name="caller">Who writes it down.</param>
    /// <param name="camera">The consortium's rules.</param>
    /// <param name="branches">The ids of all branches.</param>
    /// <param name="now">Now.</param>
    /// <param name="today">Today in Helsinki.</param>
    public static GrantRow Grant(CameraGrant grant, CallerIdentity caller, CameraProfile camera, IReadOnlyCollection<string> branches, Instant now, LocalDate today)
    {
        Field.Required(grant.Viewer, "grant.viewer", Field.IdMax);
        Field.Required(grant.GrantedBy, "grant.granted_by");
        if (grant.Viewer == caller.Name || grant.Viewer == grant.GrantedBy)
        {
            throw Field.Wrong("grant.viewer", "gives the right to itself: somebody else must give it");
        }

        RequireName(grant.GrantedBy);

        Field.Required(grant.DynastyRef, "grant.dynasty_ref");
        var undertaking = Field.RequiredDate(grant.UndertakingOn, "grant.undertaking_on");
        if (undertaking > today)
        {
            throw Field.Wrong("grant.undertaking_on", "lies in the future: the undertaking is signed before the right is given");
        }

        if (grant.BranchIds.Except(branches).Any())
        {
            throw Field.Wrong("grant.branch_ids", "names a branch that is not there: list the branches and correct it");
        }

        var (start, end) = Span(grant, camera, now);
        return new GrantRow
        {
            GrantId = Guid.NewGuid().ToString("N"),
            Consortium = caller.Consortium,
            Viewer = grant.Viewer,
            BranchIds = string.Join('\n', grant.BranchIds.Distinct()),
            GrantedBy = grant.GrantedBy,
            DynastyRef = grant.DynastyRef,
            UndertakingOn = ((LocalDate?)undertaking).ToIso(),
            StartAt = start.ToUnixTimeMilliseconds(),
            EndAt = end.ToUnixTimeMilliseconds(),
            RecordedBy = caller.Name,
        };
    }

    // Who gives the right is often a head of a library without an account here, so a name in words is enough; who wrote it down is an account.
    private static void RequireName(string name)
    {
        if (PersonalNumbers.HoldIdentityCode(name))
        {
            throw Field.Wrong("grant.granted_by", "holds an identity code: leave it out");
        }

        if (name.Any(char.IsDigit) || !name.Trim().Contains(' ', StringComparison.Ordinal))
        {
            throw Field.Wrong("grant.granted_by", "must be a first name and a surname, without digits");
        }
    }

    /// <summary>A reason of the profile's list (R66).</summary>
    public static string Reason(string code, CameraProfile camera) => camera.Reasons.Contains(code)
        ? code
        : throw Field.Wrong("reason_code", $"must be one of {string.Join(", ", camera.Reasons)}");

    /// <summary>A session with its record: the six items, each of which must be there (R71); who decided and viewed is written by their accounts.</summary>
    public static SessionRow Complete(SessionRow session, CameraRecord record, RecordText text, CameraProfile camera, Instant now)
    {
        var started = Instant.FromUnixTimeMilliseconds(session.StartedAt);
        var viewed = Field.Time(record.ViewingTime, "record.viewing_time") ?? throw Field.Wrong("record.viewing_time", "is missing: say when the recording was looked at");
        if (viewed > now || viewed < started - camera.MatchTolerance)
        {
            throw Field.Wrong("record.viewing_time", "must lie between the start of the session and now");
        }

        var matter = Field.Time(record.MatterTime, "record.matter_time") ?? throw Field.Wrong("record.matter_time", "is missing: say when the matter was, as exactly as it is known");
        if (matter > viewed || matter < viewed - camera.RecordingsKept)
        {
            throw Field.Wrong("record.matter_time", "must lie before the viewing, and not before what recordings reach back to");
        }

        var (outsider, decision) = Outsider(record, text);
        return session with
        {
            ViewedAt = viewed.ToUnixTimeMilliseconds(),
            Matter = text.Required(record.Matter, "record.matter"),
            MatterAt = matter.ToUnixTimeMilliseconds(),
            Ground = text.Required(record.Ground, "record.ground"),
            OutsiderName = outsider,
            OutsiderDecision = (int)decision,
        };
    }

    /// <summary>The police and nobody else (R68).</summary>
    public static string Recipient(string recipient) =>
        Field.Required(recipient, "recipient") == Police ? Police : throw Field.Wrong("recipient", $"must be {Police}: copies are given to nobody else");

    /// <summary>Takes a copy from one state to the next; there is one way only (R62).</summary>
    /// <exception cref="RpcException">FAILED_PRECONDITION: the copy is in another state.</exception>
    public static void Step(CopyRow copy, CameraCopyState from)
    {
        var state = (CameraCopyState)copy.State;
        if (state != from)
        {
            throw Refused.With(
                StatusCode.FailedPrecondition, "COPY_STATE", $"The copy is {Name(state)} and would have to be {Name(from)}: a copy is taken, then delivered, then destroyed.");
        }
    }

    /// <summary>A copy that may be destroyed: one that was delivered, or with a reason one that the police never fetched (R62).</summary>
    /// <exception cref="RpcException">FAILED_PRECONDITION: it is destroyed already, or neither delivered nor given up; INVALID_ARGUMENT: the reason does not fit.</exception>
    public static CopyRow Destroyable(CopyRow copy, string undeliveredReason) => (CameraCopyState)copy.State switch
    {
        CameraCopyState.Taken when undeliveredReason.Length == 0 =>
            throw Refused.With(StatusCode.FailedPrecondition, "COPY_STATE", "The copy is TAKEN: deliver it first, or say in `undelivered_reason` why the police does not get it."),
        CameraCopyState.Delivered when undeliveredReason.Length > 0 =>
            throw Field.Wrong("undelivered_reason", "is given although the copy was delivered: leave it out"),
        CameraCopyState.Destroyed => throw Refused.With(StatusCode.FailedPrecondition, "COPY_STATE", "The copy is DESTROYED already."),
        _ => copy,
    };

    private static string Name(CameraCopyState state) => state.ToString().ToUpperInvariant();

    private static (Instant Start, Instant End) Span(CameraGrant grant, CameraProfile camera, Instant now)
    {
        var start = Field.Time(grant.StartTime, "grant.start_time") ?? now;
        var end = Field.Time(grant.EndTime, "grant.end_time") ?? throw Field.Wrong("grant.end_time", "is missing: a viewing right ends");
        if (end <= start || end <= now)
        {
            throw Field.Wrong("grant.end_time", "must lie after the start and after now");
        }

        return end - start <= camera.GrantMax ? (start, end) : throw Field.Wrong("grant.end_time", $"must lie at most {camera.GrantMax.TotalDays} days after the start");
    }

    private static (string Name, OutsiderDecision Decision) Outsider(CameraRecord record, RecordText text)
    {
        if (record.OutsiderAsked)
        {
            return (text.Required(record.OutsiderName, "record.outsider_name", Field.TextMax), Field.Known(record.OutsiderDecision, "record.outsider_decision"));
        }

        return record.OutsiderName.Length == 0 && record.OutsiderDecision == OutsiderDecision.Unspecified
            ? ("", OutsiderDecision.Unspecified)
            : throw Field.Wrong("record.outsider_asked", "is false although an outsider is named: say true, or leave the outsider out");
    }
}
