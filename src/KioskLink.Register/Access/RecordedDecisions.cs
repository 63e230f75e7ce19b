using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;
using KioskLink.Register.Facts;
using NodaTime;

namespace KioskLink.Register.Access;

/// <summary>
/// What was decided of an attempt, and why the register's facts alone would decide otherwise (R81): PIN, door and a line that was down
/// have their say too, and nothing of a PIN is kept. Pure.
/// </summary>
internal static class RecordedDecisions
{
    /// <summary>What may have decided beside the register's facts: a word for it, and the sentence that an explanation tells.</summary>
    public static readonly IReadOnlyList<(string Word, string Sentence)> Differences =
    [
        ("pin", "the PIN decided, of which nothing is kept; the explanation assumes a right one"),
        ("door", "what only the door knew decided: a lockdown, staff, people inside, or the burglar alarm"),
        ("cutOff", "the node was cut off from the register and followed the branch's rule for that"),
        ("alone", "the node was cut off from the register and decided on the facts that it held"),
        ("unknownCard", "whose card it was is not kept"),
        ("moment", "the facts changed at the moment of the decision"),
    ];

    /// <summary>The decision as it was recorded, beside what the explanation comes to.</summary>
    public static RecordedDecision Of(AttemptRow row, DecisionCode explained, Instant at)
    {
        var (code, source) = Decided(row);
        return new RecordedDecision
        {
            Code = code,
            Source = source,
            DecisionTime = at.ToProto(),
            Differs = code != explained,
            Difference = code == explained ? "" : Why(row, code, source),
        };
    }

    /// <summary>To which time the facts of a decision belong: the register's own, or the node's where it decided alone.</summary>
    public static Instant TimeOf(AttemptRow row)
    {
        var (presented, answered) = (row.PresentedAt, row.AnsweredAt);
        var at = Decided(row).Source == Source.Replica ? presented ?? answered : answered ?? presented;
        return Instant.FromUnixTimeMilliseconds(at ?? row.ReceivedAt ?? 0);
    }

    /// <summary>What the node did wins; until its record is here it is what the register answered.</summary>
    public static (DecisionCode Code, Source Source) Decided(AttemptRow row) =>
        row.Code != 0 ? ((DecisionCode)row.Code, (Source)row.Source) : ((DecisionCode)row.RegisterCode, Source.Register);

    private static string Why(AttemptRow row, DecisionCode code, Source source) => code switch
    {
        DecisionCode.PinMissing or DecisionCode.PinWrong or DecisionCode.PinLocked => Sentence("pin"),
        DecisionCode.Lockdown or DecisionCode.CapacityFull or DecisionCode.AlarmArmed or DecisionCode.AlreadyInside or DecisionCode.StaffedOpen =>
            Sentence("door"),
        DecisionCode.OfflineRefused or DecisionCode.ClockUntrusted or DecisionCode.OfflineNotCached or DecisionCode.OfflineTooOld =>
            Sentence("cutOff"),
        _ when row.Difference.Length > 0 => row.Difference,
        _ when source == Source.Replica => Sentence("alone"),
        _ when row.CardRef.Length == 0 => Sentence("unknownCard"),
        _ => Sentence("moment"),
    };

    private static string Sentence(string word) => Differences.First(difference => difference.Word == word).Sentence;
}
