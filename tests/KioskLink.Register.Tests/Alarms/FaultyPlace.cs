using KioskLink.Register.Alarms;
using KioskLink.Rules.Alarms;
using NodaTime;

namespace KioskLink.Register.Tests.Alarms;

/// <summary>A place at which a test lets things fail, and what is told of it.</summary>
internal sealed class FaultyPlace(params IReadOnlyList<int> escalations)
{
    private int _ids;

    public static readonly Instant Start = Instant.FromUtc(2026, 12, 1, 19, 55);

    public Instant Now { get; private set; } = Start;

    public PlaceState State { get; private set; } = PlaceState.Quiet;

    public List<(Instant At, AlarmMessage Message)> Told { get; } = [];

    public IEnumerable<string> Messages => Told.Select(one => $"{one.Message.Kind} {one.Message.Fault.Subject}{(one.Message.Joined.Count > 0 ? $" +{one.Message.Joined.Count}" : "")}");

    public FaultyPlace Raise(string subject, AlarmKind kind, string root = "", bool late = false, bool happening = false) =>
        Step(new AlarmRaised($"f{++_ids:0000}", subject, kind, "sentence", Now) { RootSubject = root, IsLate = late, IsHappening = happening });

    public FaultyPlace Silent(string device, string root = "port bus0") => Raise($"device {device}", AlarmKind.DeviceSilent, root);

    public FaultyPlace Clear(string subject) => Step(new AlarmCleared(subject));

    public FaultyPlace Acknowledge(string subject) =>
        Step(new AlarmAcknowledged(State.Faults.Values.Single(fault => fault.Subject == subject && fault.IsStanding).Id, "technician", "on my way"));

    public FaultyPlace After(double seconds)
    {
        var end = Now + Duration.FromSeconds(seconds);
        while (AlarmTelling.NextDue(State, escalations) is { } due && due <= end)
        {
            Now = Instant.Max(Now, due);
            Step(new AlarmTick());
        }

        Now = end;
        return this;
    }

    private FaultyPlace Step(AlarmEvent happened)
    {
        var (state, messages) = AlarmMachine.Step(State, happened, Now, escalations);
        State = state;
        Told.AddRange(messages.Select(message => (Now, message)));
        return this;
    }
}
