using KioskLink.Register.Alarms;
using KioskLink.Rules.Alarms;
using NodaTime;

namespace KioskLink.Register.Tests.Alarms;

/// <summary>One fault is one message, whoever tells of it and however often.</summary>
public sealed class MachineTests
{
    [Fact]
    public void A_reader_dead_at_21_55_gives_one_message_within_a_minute_and_one_when_it_is_back()
    {
        var place = new FaultyPlace().Silent("reader").After(60);

        var (at, message) = Assert.Single(place.Told);
        Assert.Equal((AlarmMessageKind.Raised, "device reader", AlarmSeverity.Critical), (message.Kind, message.Fault.Subject, message.Fault.Severity));
        Assert.True(at - FaultyPlace.Start <= Duration.FromSeconds(60));

        place.After(8 * 3600).Clear("device reader").After(3600);
        Assert.Equal(["Raised device reader", "Cleared device reader"], place.Messages);
        Assert.Empty(place.State.Faults);
    }

    [Fact]
    public void What_comes_back_by_itself_within_moments_is_no_message_but_stays_on_record()
    {
        var place = new FaultyPlace().Silent("reader").After(5).Clear("device reader").After(60);

        Assert.Empty(place.Told);
        Assert.False(Assert.Single(place.State.Faults.Values).IsStanding);
    }

    [Fact]
    public void An_adapter_that_takes_five_devices_away_gives_one_message_that_names_it()
    {
        var place = new FaultyPlace().Silent("a").After(1).Silent("b").Silent("c").After(1).Raise("port bus0", AlarmKind.PortLost).Silent("d").After(3).Silent("e").After(3600);

        Assert.Equal(["Raised port bus0"], place.Messages.Select(message => message.Split(" +")[0]));
        Assert.Equal(5, place.State.Faults.Values.Count(fault => fault.ParentId == place.Told[0].Message.Fault.Id));
    }

    [Fact]
    public void Five_devices_of_one_line_without_a_fault_of_the_line_are_one_message_too()
    {
        var place = new FaultyPlace().Silent("a").Silent("b").After(1).Silent("c").Silent("d").After(2).Silent("e").After(3600);

        Assert.Equal(["Raised device a +4"], place.Messages);
    }

    [Fact]
    public void A_line_that_is_back_without_one_of_its_devices_leaves_that_device_s_own_message()
    {
        var place = new FaultyPlace().Raise("port bus0", AlarmKind.PortLost).Silent("a").Silent("b").After(60);
        place.Clear("port bus0").Clear("device a").After(60);

        Assert.Equal(["Raised port bus0 +2", "Cleared port bus0", "Raised device b"], place.Messages);
    }

    [Fact]
    public void A_silent_node_is_one_message_and_its_devices_are_its_consequence()
    {
        var place = new FaultyPlace().Raise("register-node front", AlarmKind.NodeSilent).After(60);
        for (var device = 0; device < 8; device++) place.Silent($"{device}", root: $"port {device}");

        Assert.Equal(["Raised register-node front"], place.After(3600).Messages);
    }

    [Fact]
    public void A_torn_off_reader_is_told_at_once_even_behind_a_lost_line()
    {
        var place = new FaultyPlace().Raise("port bus0", AlarmKind.PortLost).After(30).Raise("tamper reader", AlarmKind.Tamper, "port bus0");

        Assert.Equal(["Raised port bus0", "Raised tamper reader"], place.Messages);
        Assert.Equal(place.Now, place.Told[1].At);
    }

    [Fact]
    public void A_reader_that_comes_and_goes_all_night_is_told_a_few_times_and_over_once()
    {
        var place = new FaultyPlace();
        for (var minute = 0; minute < 8 * 60; minute++) place.Silent("reader").After(30).Clear("device reader").After(30);
        place.After(3600);

        Assert.InRange(place.Told.Count, 2, 6);
        Assert.Equal("Cleared device reader", place.Messages.Last());
    }

    [Fact]
    public void A_reader_that_is_never_away_long_enough_is_told_at_its_third_time()
    {
        var place = new FaultyPlace();
        for (var time = 0; time < 3; time++) place.Silent("reader").After(5).Clear("device reader").After(5);

        Assert.Equal(["Raised device reader"], place.Messages);
        Assert.True(place.Told[0].Message.Fault.IsFlapping);
    }

    [Fact]
    public void What_nobody_acknowledges_is_escalated_step_by_step_and_what_somebody_looks_after_is_not()
    {
        var left = new FaultyPlace(15, 60).Silent("reader").After(2 * 3600);
        var taken = new FaultyPlace(15, 60).Silent("reader").After(20 * 60).Acknowledge("device reader").After(2 * 3600);

        Assert.Equal([(AlarmMessageKind.Raised, 0), (AlarmMessageKind.Escalated, 15), (AlarmMessageKind.Escalated, 60)], left.Told.Select(one => (one.Message.Kind, one.Message.AfterMinutes)));
        Assert.Equal([AlarmMessageKind.Raised, AlarmMessageKind.Escalated], taken.Told.Select(one => one.Message.Kind));
        Assert.Equal(("technician", "on my way"), (taken.State.Faults.Values.Single().AcknowledgedBy, taken.State.Faults.Values.Single().Note));
    }

    [Fact]
    public void Of_an_outage_what_is_over_already_is_not_told_and_what_somebody_did_to_a_housing_is()
    {
        var place = new FaultyPlace()
            .Raise("device reader", AlarmKind.DeviceSilent, late: true).Raise("tamper reader", AlarmKind.Tamper, late: true)
            .Clear("device reader").Clear("tamper reader").After(3600);

        var message = Assert.Single(place.Told).Message;
        Assert.Equal(("tamper reader", true, false), (message.Fault.Subject, message.Fault.IsLate, message.Fault.IsStanding));
    }

    [Fact]
    public void A_door_that_was_forced_and_then_stays_open_is_two_faults_of_one_subject()
    {
        var place = new FaultyPlace().Raise("door front", AlarmKind.DoorForced).After(30).Raise("door front", AlarmKind.DoorHeld).After(60).Clear("door front").After(60);

        Assert.Equal(["Raised door front", "Raised door front", "Cleared door front", "Cleared door front"], place.Messages);
    }

    [Fact]
    public void What_happened_is_closed_by_who_acknowledges_it_and_by_nobody_after_a_week()
    {
        var taken = new FaultyPlace().Raise("register-identity front", AlarmKind.IdentityShared, happening: true).After(60).Acknowledge("register-identity front");
        var left = new FaultyPlace().Raise("register-identity front", AlarmKind.IdentityShared, happening: true).After(8 * 24 * 3600);

        Assert.Equal(["Raised register-identity front"], taken.Messages);
        Assert.False(Assert.Single(taken.State.Faults.Values).IsStanding);
        Assert.Equal(["Raised register-identity front"], left.Messages);
        Assert.Empty(left.State.Faults);
    }

    [Fact]
    public void A_storm_of_faults_of_one_place_is_a_handful_of_messages_and_one_that_there_are_many()
    {
        var place = new FaultyPlace();
        for (var device = 0; device < 200; device++) place.Raise($"tamper {device}", AlarmKind.Tamper).After(1);

        Assert.Equal(AlarmLimits.MessagesMax, place.Told.Count(one => one.Message.Kind == AlarmMessageKind.Raised));
        Assert.Equal(AlarmLimits.MessagesMax, place.Told.FindIndex(one => one.Message.Kind == AlarmMessageKind.Many));
        Assert.Equal(200, place.State.Faults.Count);
    }

    [Fact]
    public void The_state_is_bounded_whatever_comes()
    {
        var place = new FaultyPlace();
        for (var device = 0; device < 2000; device++) place.Raise($"tamper {device}", AlarmKind.Tamper);

        Assert.Equal(AlarmLimits.FaultsMax, place.State.Faults.Count);
    }

    [Fact]
    public void Every_kind_has_its_severity_and_its_words_in_each_language()
    {
        foreach (var kind in Enum.GetValues<AlarmKind>())
        {
            Assert.NotEqual(AlarmSeverity.Unknown, AlarmKinds.SeverityOf(kind));
            foreach (var language in new[] { Rules.Access.Language.Fi, Rules.Access.Language.Sv, Rules.Access.Language.En })
            {
                Assert.NotEqual("", AlarmTexts.Mend(kind, language));
                Assert.DoesNotContain('{', AlarmTexts.Title(kind, "device reader", language));
            }
        }

        Assert.Equal(Enum.GetNames<AlarmKind>().Skip(1), Enum.GetNames<Protos.Types.V1.AlarmKind>().Skip(1));
    }
}
