using KioskLink.Register.Alarms;
using KioskLink.Rules.Alarms;

namespace KioskLink.Register.Tests.Alarms;

/// <summary>What holds of the alarms of a place whatever happens there; each seed is another history, and is named when one fails.</summary>
public sealed class MachineProperties
{
    private static readonly string[] Devices = ["a", "b", "c"];

    [Fact]
    public void No_history_of_faults_makes_a_storm() => Try(place =>
    {
        var news = place.Told.Where(one => one.Message.Kind is AlarmMessageKind.Raised or AlarmMessageKind.Again or AlarmMessageKind.Many).ToList();
        foreach (var (at, _) in news)
        {
            // Windows begin with a message: of two that touch the span each may be full.
            var within = news.Count(one => one.At >= at && one.At < at + AlarmLimits.MessagesWindow);
            Assert.True(within <= 2 * (AlarmLimits.MessagesMax + 1), $"{within} messages from {at}");
        }
    });

    [Fact]
    public void An_end_is_told_of_what_was_told_to_stand_and_once() => Try(place =>
    {
        foreach (var fault in place.Told.GroupBy(one => one.Message.Fault.Id))
        {
            var open = false;
            foreach (var (_, message) in fault.Where(one => one.Message.Kind is not AlarmMessageKind.Many and not AlarmMessageKind.Escalated))
            {
                var isEnd = message.Kind == AlarmMessageKind.Cleared;
                Assert.Equal(isEnd, open);
                open = !isEnd && message.Fault.IsStanding;
            }
        }
    });

    [Fact]
    public void Whatever_happened_a_place_that_is_in_order_for_long_is_quiet_and_everything_told_is_told_to_be_over() => Try(place =>
    {
        foreach (var subject in place.State.Faults.Values.Select(fault => fault.Subject).Distinct().ToList()) place.Clear(subject);
        place.After(3600);
        Assert.Empty(place.State.Faults);
        Assert.Null(AlarmTelling.NextDue(place.State, []));
        var last = place.Told.Where(one => one.Message.Kind is not AlarmMessageKind.Many and not AlarmMessageKind.Escalated).GroupBy(one => one.Message.Fault.Id).Select(fault => fault.Last().Message);
        Assert.DoesNotContain(last, message => message.Kind != AlarmMessageKind.Cleared && message.Fault.IsStanding);
    });

    [Fact]
    public void A_fault_that_stands_a_minute_is_told_or_hangs_on_one_that_stands_or_came_when_there_were_many() => Try(place =>
    {
        place.After(60);
        var many = place.Told.Any(one => one.Message.Kind == AlarmMessageKind.Many);
        foreach (var fault in place.State.Faults.Values.Where(fault => fault.IsStanding && fault.Told != Told.Raised && !many))
        {
            Assert.True(place.State.Faults.GetValueOrDefault(fault.ParentId) is { IsStanding: true }, $"{fault}");
        }
    });

    private static void Try(Action<FaultyPlace> holds)
    {
        for (var seed = 0; seed < 400; seed++)
        {
            var place = Live(new Random(seed));
            try
            {
                holds(place);
            }
            catch (Exception broken)
            {
                throw new InvalidOperationException($"Seed {seed}: {broken.Message}\n{string.Join('\n', place.Messages)}", broken);
            }
        }
    }

    private static FaultyPlace Live(Random random)
    {
        var place = new FaultyPlace(15, 60);
        for (var step = 0; step < 120; step++)
        {
            var device = Devices[random.Next(Devices.Length)];
            _ = random.Next(12) switch
            {
                0 or 1 or 2 => place.Silent(device),
                3 => place.Raise("port bus0", AlarmKind.PortLost),
                4 => place.Raise("register-node front", AlarmKind.NodeSilent),
                5 => place.Raise($"tamper {device}", AlarmKind.Tamper, late: random.Next(2) == 0),
                6 => place.Raise("door front", random.Next(2) == 0 ? AlarmKind.DoorForced : AlarmKind.DoorHeld),
                7 or 8 => place.Clear($"device {device}"),
                9 => place.Clear("port bus0").Clear("register-node front"),
                10 => place.Clear($"tamper {device}").Clear("door front"),
                _ => place.State.Faults.Values.FirstOrDefault(fault => fault.IsStanding && fault.AcknowledgedAt is null) is { } one && place.State.Faults.Values.Count(fault => fault.IsStanding && fault.Subject == one.Subject) == 1
                    ? place.Acknowledge(one.Subject)
                    : place,
            };
            place.After(random.Next(4) switch { 0 => 0, 1 => random.Next(10), 2 => random.Next(60), _ => random.Next(900) });
        }

        return place;
    }
}
