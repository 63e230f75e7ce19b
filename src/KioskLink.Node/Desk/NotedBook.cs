using KioskLink.Node.Outage;
using KioskLink.Node.StaffSignIn;
using KioskLink.Protos.Register.V1;
using KioskLink.Rules.Branches;

namespace KioskLink.Node.Desk;

/// <summary>Lists what staff has noted by hand, and what became of it. Thread-safe.</summary>
/// <param name="acts">What is kept.</param>
/// <param name="sessions">Who is signed in, for the names that the node does not keep.</param>
internal sealed class NotedBook(ActDesk acts, SessionBook sessions)
{
    /// <summary>How many are shown.</summary>
    public const int ShownMax = 50;

    /// <summary>The list as it is now.</summary>
    public NotedActs Look()
    {
        var noted = acts.List(settled: true).Where(act => act.IsByHand).Reverse().ToList();
        var names = sessions.All.DistinctBy(session => session.Ref).ToDictionary(session => session.Ref, session => session.Name);
        return new NotedActs(
            [.. noted.Take(ShownMax).Select(act => Of(act) with { ByName = names.GetValueOrDefault(act.NotedBy, "") })],
            noted.Count,
            noted.Count(act => act.IsOpen),
            noted.Count(act => act.State is ActState.Conflict or ActState.Refused));
    }

    private NotedAct Of(LoanAct act) => new(
        act.Id, acts.HappenedAt(act).InZone(OpeningCalendar.Zone).LocalDateTime, act.Time.Trusted, $"desk.kind.{act.Kind}", act.Named, act.CardEnd, act.NotedBy)
    {
        DueOn = act.DueOn,
        PickUpBranch = act.PickUpBranch,
        State = $"desk.state.{(act.IsOpen ? ActState.Waiting : act.State)}",
        Tone = act.State switch { ActState.Taken => "good", ActState.Conflict or ActState.Refused => "bad", _ => "warn" },
        Reason = IsAgainst(act) ? $"desk.reason.{act.Reason}" : "",
        Mend = act.State is ActState.Conflict or ActState.Refused ? $"desk.mend.{act.State}" : "",
    };

    private static bool IsAgainst(LoanAct act) => act.State is ActState.Conflict or ActState.Refused && act.Reason is not (LoanReason.Unspecified or LoanReason.Done);
}
