using KioskLink.Protos.Types.V1;
using KioskLink.Rules.Branches;
using KioskLink.Rules.Premises;
using NodaTime;
using NodaTime.Text;

namespace KioskLink.Node.Passages;

/// <summary>What happens at doorways in English, for journal and technicians.</summary>
internal static class PassageWords
{
    // Cameras show local time, so a recording is found by it.
    private static readonly LocalDateTimePattern CameraTime = LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd' 'HH':'mm':'ss");

    /// <summary>A suspicion, and from when to when the camera shows it.</summary>
    public static string Of(TailgateSuspicion suspicion, Instant from, Instant to) =>
        $"TAILGATE_SUSPECTED: {ReasonOf(suspicion.Sign)}; camera from {Local(from)} to {Local(to)}";

    /// <summary>Why a door was not opened.</summary>
    public static string Of(Passing passing) => passing switch
    {
        { Why: Withheld.OtherDoor } => "an interlocked door is open",
        { Outcome: Outcome.NotMoved } => "the door is in lockdown or busy",
        _ => "the lock did not answer",
    };

    private static string ReasonOf(TailgateSign sign) => sign switch
    {
        TailgateSign.MoreThanGranted => "more people came in than were let in",
        _ => "the door stood open for longer than one person needs",
    };

    private static string Local(Instant at) => CameraTime.Format(at.InZone(OpeningCalendar.Zone).LocalDateTime);
}
