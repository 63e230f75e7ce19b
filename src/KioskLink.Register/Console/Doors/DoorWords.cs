using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;
using KioskLink.Register.Access;
using KioskLink.Register.Console.Texts;
using NodaTime;

namespace KioskLink.Register.Console.Doors;

/// <summary>What doors, links and attempts are called, and how good that is.</summary>
internal static class DoorWords
{
    /// <summary>A confirmation older than this is worth a look.</summary>
    private static readonly Duration Stale = Duration.FromMinutes(2);

    /// <summary>What the branch is now, and until when.</summary>
    public static string Kind(Words words, BranchView branch, Instant now)
    {
        var kind = words[$"kind.{branch.Kind}"];
        return branch.Until is null ? kind : words.Fill("doors.until", kind, words.Near(branch.Until, now));
    }

    /// <summary>How good the branch's state is.</summary>
    public static string Tone(PeriodKind kind) => kind switch
    {
        PeriodKind.Staffed or PeriodKind.SelfService => "good",
        PeriodKind.Unspecified => "bad",
        _ => "",
    };

    /// <summary>The door's state.</summary>
    public static string State(Words words, DoorState? state) =>
        state is null ? words["door.Unknown"] : words.Known($"door.{state.State}") ?? words["door.Unknown"];

    /// <summary>How good the door's state is.</summary>
    public static string Tone(DoorState? state) => state?.State switch
    {
        "Unlocked" or "Open" or "Free" => "good",
        "HeldOpen" => "warn",
        "Forced" or "Lockdown" => "bad",
        _ => "",
    };

    /// <summary>The link between the door's node and the register.</summary>
    public static string Link(Words words, DoorView door) => door.Node switch
    {
        null => words["link.none"],
        { Connected: true } => words["link.online"],
        _ => words["link.offline"],
    };

    /// <summary>How good the link is.</summary>
    public static string LinkTone(DoorView door) => door.Node switch
    {
        null => "",
        { Connected: true } => "good",
        _ => "bad",
    };

    /// <summary>How old a node's facts are, as far as it has confirmed them; a node that is linked and knows everything has those of this moment.</summary>
    public static string Age(Words words, NodeStatus? node, Instant now) => node switch
    {
        null => "–",
        { Connected: true, AtHead: true } => words["age.fresh"],
        { Connected: true, ConfirmTime: { } confirmed } when now - Instant.FromUnixTimeSeconds(confirmed.Seconds) < Stale => words["age.fresh"],
        _ => words.Age(node.ConfirmTime, now),
    };

    /// <summary>The last attempt: when, and what came of it.</summary>
    public static string Last(Words words, DoorView door, Instant now) =>
        door.Last is { } last ? $"{words.Near(last.PresentedTime ?? last.ReceivedTime, now)} {Code(words, last)}" : words["doors.noLast"];

    /// <summary>What was decided on an attempt.</summary>
    public static string Code(Words words, Attempt attempt) =>
        words.Known($"code.{(attempt.Code == DecisionCode.Unspecified ? attempt.RegisterCode : attempt.Code)}") ?? words["code.Unspecified"];

    /// <summary>Why a decision was another than the rules give, and the language that it is in (R81).</summary>
    public static (string Text, string Language) Difference(Words words, RecordedDecision recorded) =>
        RecordedDecisions.Differences.FirstOrDefault(difference => difference.Sentence == recorded.Difference).Word is { } word
            ? (words[$"difference.{word}"], words.Language)
            : (recorded.Difference, "en");

    /// <summary>Whether somebody was let in.</summary>
    public static bool Granted(Attempt attempt) =>
        (attempt.Code == DecisionCode.Unspecified ? attempt.RegisterCode : attempt.Code) is DecisionCode.Granted or DecisionCode.GrantedBadge or DecisionCode.StaffedOpen;
}
