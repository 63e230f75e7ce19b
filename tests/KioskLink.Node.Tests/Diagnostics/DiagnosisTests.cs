using KioskLink.Devices;
using KioskLink.Devices.Osdp;
using KioskLink.Devices.Profiles;
using KioskLink.Node.Diagnostics.Doctor;

namespace KioskLink.Node.Tests.Diagnostics;

/// <summary>From what was seen to what it means: each fault alone, and its nearest neighbours.</summary>
public sealed class DiagnosisTests
{
    private const int Baud = 9600;
    private static readonly LineQuality Quiet = new(new Share(0, 1000), new Share(0, 1000), new Share(0, 1000));
    private static readonly LineSight Line = new("bus0", "/dev/x", Baud, null, Quiet, []);

    [Fact]
    public void A_node_in_order_passes_every_check() => Assert.Equal([], Faults(Line, [Reader()]));

    [Fact]
    public void A_lost_port_is_the_only_thing_that_is_said_of_its_line() =>
        Assert.Equal(["PORT_LOST bus0"], Faults(Line with { PortProblem = "gone" }, [Silent(), Silent(2)]));

    [Fact]
    public void Zeros_and_silence_are_swapped_wires() =>
        Assert.Equal(["WIRES_SWAPPED bus0"], Faults(Line with { Quality = Quiet with { Resting = new Share(9, 10) } }, [Silent()]));

    [Fact]
    public void Zeros_on_a_line_whose_devices_answer_are_no_swapped_wires() =>
        Assert.Equal([], Faults(Line with { Quality = Quiet with { Resting = new Share(9, 10) } }, [Reader()]));

    [Fact]
    public void An_echo_is_one_and_nothing_else() =>
        Assert.Equal(["ECHO bus0"], Faults(Line with { Quality = Quiet with { Echoed = new Share(100, 100) } }, [Reader()]));

    [Fact]
    public void Noise_between_frames_is_a_missing_bias() =>
        Assert.Equal(["NO_BIAS bus0"], Faults(Line with { Quality = Quiet with { Noisy = new Share(50, 100) } }, [Reader()]));

    [Fact]
    public void What_the_node_did_not_take_in_time_is_a_warning_of_its_own() =>
        Assert.Equal(["EVENTS_LOST bus0"], Faults(Line with { EventsDropped = 3 }, [Reader()]));

    [Fact]
    public void A_little_noise_is_none() => Assert.Equal([], Faults(Line with { Quality = Quiet with { Noisy = new Share(5, 100) } }, [Reader()]));

    [Fact]
    public void An_answer_at_another_speed_is_a_wrong_speed() =>
        Assert.Equal(["BAUD_WRONG reader"], Faults(Line with { Found = [new FoundDevice(1, 38400)] }, [Silent()]));

    [Fact]
    public void An_answer_at_an_address_that_nobody_has_is_a_wrong_address() =>
        Assert.Equal(["ADDRESS_WRONG reader"], Faults(Line with { Found = [new FoundDevice(5, Baud)] }, [Silent()]));

    [Fact]
    public void A_neighbour_that_answers_is_nobodys_wrong_address() =>
        Assert.Equal(["SILENT reader"], Faults(Line with { Found = [new FoundDevice(2, Baud)] }, [Silent(), Reader(2)]));

    [Fact]
    public void Nothing_but_damaged_replies_are_two_devices_at_one_address() =>
        Assert.Equal(["ADDRESS_SHARED reader"], Faults(Line, [Silent(change: status => status with { RecentlyDamaged = new Share(6, 6) })]));

    [Fact]
    public void An_answer_that_a_search_could_not_read_is_the_same() =>
        Assert.Equal(["ADDRESS_SHARED reader"], Faults(Line with { Found = [new FoundDevice(1, Baud) { Disturbed = true }] }, [Silent()]));

    [Theory]
    [InlineData(11, true)]
    [InlineData(10, false)]
    public void More_than_one_damaged_reply_in_a_hundred_is_too_much(int damaged, bool isTooMuch) =>
        Assert.Equal(isTooMuch ? ["BIT_ERRORS reader"] : [], Faults(Line, [Reader(change: status => status with { RecentlyDamaged = new Share(damaged, 1000) })]));

    [Fact]
    public void A_few_replies_prove_nothing() => Assert.Equal([], Faults(Line, [Reader(change: status => status with { RecentlyDamaged = new Share(3, 100) })]));

    [Theory]
    [InlineData(170, true)]
    [InlineData(100, false)]
    public void A_reply_that_takes_much_longer_than_its_bytes_is_slow(int milliseconds, bool isSlow) =>
        Assert.Equal(isSlow ? ["SLOW reader"] : [], Faults(Line, [Reader(change: status => status with { Replies = Of(milliseconds) })]));

    [Fact]
    public void An_answer_after_the_end_of_waiting_is_slow_too() => Assert.Equal(["SLOW reader"], Faults(Line, [Silent(change: status => status with { LateReplies = 2 })]));

    [Theory]
    [InlineData(3, true, true)]
    [InlineData(3, false, true)]
    [InlineData(2, true, false)]
    public void Who_comes_back_again_and_again_loses_its_supply(int returns, bool isOnline, bool isSeen)
    {
        var device = isOnline ? Reader(change: status => status with { RecentReturns = returns }) : Silent(change: status => status with { RecentReturns = returns });

        Assert.Equal(isSeen ? ["BROWN_OUT reader"] : [], Faults(Line, [device]));
    }

    [Theory]
    [InlineData(KeyAlarmReason.KeyMismatch, "KEY_WRONG")]
    [InlineData(KeyAlarmReason.SecureChannelRefused, "KEY_REFUSED")]
    public void A_key_that_is_not_accepted_is_no_silence(KeyAlarmReason reason, string code) =>
        Assert.Equal([$"{code} reader"], Faults(Line, [Silent(change: status => status with { KeyProblem = reason })]));

    [Fact]
    public void A_device_that_has_less_than_its_profile_promises_is_another_model()
    {
        var model = new DeviceProfile { Model = "io-8", Outputs = 8 };

        Assert.Equal(["PROFILE_WRONG reader"], Faults(Line, [Reader() with { Model = model }]));
    }

    [Fact]
    public void A_board_that_answers_wrongly_is_another_board_and_a_silent_one_is_silent()
    {
        var refusing = Silent(change: status => status with { Counters = status.Counters with { Naks = 2 } }) with { IsBoard = true };

        Assert.Equal(["PROFILE_WRONG reader"], Faults(Line, [refusing]));
        Assert.Equal(["SILENT reader"], Faults(Line, [Silent() with { IsBoard = true }]));
    }

    [Fact]
    public void A_contact_that_says_open_at_a_closed_door_is_inverted_and_without_that_word_only_an_open_door()
    {
        var open = new ContactRecord(IsOpen: true, TimeSpan.Zero, 0, TimeSpan.Zero);

        Assert.Equal(["CONTACT_INVERTED front"], Faults(Line, [Reader()], new DoorSight("front", open, IsSaidClosed: true, IsCommissioned: true)));
        Assert.Equal(["DOOR_OPEN front"], Faults(Line, [Reader()], new DoorSight("front", open, IsSaidClosed: false, IsCommissioned: true)));
    }

    [Fact]
    public void A_contact_that_closes_for_a_moment_whenever_somebody_passes_is_inverted()
    {
        ContactRecord? contact = null;
        for (var person = 0; person < ContactRecord.Enough; person++)
        {
            contact = ContactRecord.After(contact, isOpen: true, TimeSpan.FromMinutes(10 * person));
            contact = ContactRecord.After(contact, isOpen: false, TimeSpan.FromMinutes(10 * person + 5));
            contact = ContactRecord.After(contact, isOpen: true, TimeSpan.FromMinutes(10 * person + 5) + TimeSpan.FromSeconds(6));
        }

        Assert.Equal(["CONTACT_INVERTED front"], Faults(Line, [Reader()], new DoorSight("front", contact, IsSaidClosed: false, IsCommissioned: true)));
    }

    [Fact]
    public void A_door_that_was_ever_closed_for_long_has_no_inverted_contact()
    {
        var contact = new ContactRecord(IsOpen: true, TimeSpan.Zero, BriefClosings: 5, LongestClosed: TimeSpan.FromMinutes(3));

        Assert.Equal(["DOOR_OPEN front"], Faults(Line, [Reader()], new DoorSight("front", contact, IsSaidClosed: false, IsCommissioned: true)));
    }

    [Fact]
    public void A_door_whose_sheet_nobody_signed_stays_yellow()
    {
        var sheet = Sheet(Line, [Reader()], new DoorSight("front", null, IsSaidClosed: false, IsCommissioned: false));

        Assert.Equal(Severity.Warn, Assert.Single(sheet, finding => finding.Code == "NOT_COMMISSIONED").Severity);
    }

    [Fact]
    public void Every_fault_says_how_it_is_mended()
    {
        var sheet = Sheet(Line with { Found = [new FoundDevice(5, Baud)] }, [Silent()], new DoorSight("front", new ContactRecord(true, TimeSpan.Zero, 0, TimeSpan.Zero), true, false));

        Assert.All(sheet, finding => Assert.Equal(finding.Severity == Severity.Pass, finding.Mend.Length == 0));
    }

    private static IReadOnlyList<string> Faults(LineSight line, IReadOnlyList<DeviceSight> devices, params DoorSight[] doors) =>
        [.. Sheet(line, devices, doors).Where(finding => finding.Severity != Severity.Pass).Select(finding => $"{finding.Code} {finding.Subject}")];

    private static IReadOnlyList<Finding> Sheet(LineSight line, IReadOnlyList<DeviceSight> devices, params DoorSight[] doors) => Diagnosis.Of(new Observations
    {
        Node = new NodeSight(LinkOnline: true, TimeSpan.FromHours(1), ClockTrusted: true, ReplicaComplete: true, TimeSpan.FromSeconds(1), JournalProblem: null, long.MaxValue),
        Lines = [line],
        Devices = devices,
        Doors = doors,
    });

    private static DeviceSight Reader(byte address = 1, Func<DeviceStatus, DeviceStatus>? change = null) => Device(address, online: true, change);

    private static DeviceSight Silent(byte address = 1, Func<DeviceStatus, DeviceStatus>? change = null) => Device(address, online: false, change);

    private static DeviceSight Device(byte address, bool online, Func<DeviceStatus, DeviceStatus>? change)
    {
        var status = new DeviceStatus(
            address == 1 ? "reader" : "other", address, online, SessionSecurity.OwnKey, new DeviceIdentity(), new DeviceCapabilities { Outputs = 2 }, default, null, Of(30));
        return new DeviceSight("bus0", change?.Invoke(status) ?? status, Model: null, IsBoard: false);
    }

    private static ReplyPercentiles Of(int milliseconds) =>
        new(TimeSpan.FromMilliseconds(milliseconds), TimeSpan.FromMilliseconds(milliseconds), TimeSpan.FromMilliseconds(milliseconds), TimeSpan.FromMilliseconds(milliseconds));
}
