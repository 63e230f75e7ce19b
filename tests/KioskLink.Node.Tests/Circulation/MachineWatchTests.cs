using KioskLink.Circulation.Machines;
using KioskLink.Sip2.Server;
using KioskLink.Testing;

namespace KioskLink.Node.Tests.Circulation;

/// <summary>One alarm and few lines, however much a machine or a guesser does.</summary>
public sealed class MachineWatchTests : IDisposable
{
    private readonly VirtualTime _time = new();
    private readonly List<(string Subject, string? Sentence)> _alarms = [];
    private readonly List<(SessionEvent Event, int Swallowed)> _lines = [];
    private readonly MachineWatch _watch;
    private long _connections;

    public MachineWatchTests() => _watch = new MachineWatch(
        new Sip2Config { Machines = [MachineHall.SelfCheck, new MachineConfig { Login = "silent", GoneAfter = TimeSpan.Zero }] },
        (subject, sentence) => _alarms.Add((subject, sentence)),
        (report, swallowed) => _lines.Add((report.Event, swallowed)),
        _time);

    public void Dispose() => _watch.Dispose();

    [Fact]
    public void A_machine_that_stays_away_is_one_alarm_that_ends_when_it_is_back()
    {
        var connection = LogIn("kiosk1");
        _time.Advance(TimeSpan.FromMinutes(10));
        Report(SessionEvent.Disconnected, connection);
        _time.Advance(TimeSpan.FromMinutes(4));
        Assert.DoesNotContain(_alarms, alarm => alarm.Sentence is not null);

        _time.Advance(TimeSpan.FromHours(1));

        var alarm = Assert.Single(_alarms, alarm => alarm.Sentence is not null);
        Assert.Equal("machine kiosk1", alarm.Subject);
        LogIn("kiosk1");
        Assert.Equal(("machine kiosk1", null), _alarms[^1]);
    }

    [Fact]
    public void A_machine_that_comes_back_in_time_or_has_another_connection_is_not_gone()
    {
        var (first, second) = (LogIn("kiosk1"), LogIn("kiosk1"));
        _time.Advance(TimeSpan.FromMinutes(10));
        Report(SessionEvent.Disconnected, first);
        _time.Advance(TimeSpan.FromMinutes(10));
        Report(SessionEvent.Disconnected, second);
        _time.Advance(TimeSpan.FromMinutes(4));
        LogIn("kiosk1");
        _time.Advance(TimeSpan.FromHours(1));

        Assert.DoesNotContain(_alarms, alarm => alarm.Sentence is not null);
        Assert.Equal(1, _watch.Connected["kiosk1"]);
    }

    [Theory]
    [InlineData("kiosk1", 10)]
    [InlineData("silent", 600)]
    public void A_machine_that_connects_for_each_question_or_shall_raise_none_is_no_alarm(string login, int seconds)
    {
        var connection = LogIn(login);
        _time.Advance(TimeSpan.FromSeconds(seconds));
        Report(SessionEvent.Disconnected, connection);
        _time.Advance(TimeSpan.FromHours(1));

        Assert.DoesNotContain(_alarms, alarm => alarm.Sentence is not null);
    }

    [Fact]
    public void Logins_that_are_refused_again_and_again_are_the_same_alarm_until_it_is_calm()
    {
        for (var guess = 0; guess < 100; guess++)
            Report(SessionEvent.LoginRefused, ++_connections, login: null);

        Assert.Single(_alarms.Distinct());
        Assert.Single(_lines);
        _time.Advance(RefusedSources.Window + TimeSpan.FromMinutes(1));
        Assert.Equal((MachineWatch.LoginAlarm, null), _alarms[^1]);
        Report(SessionEvent.LoginRefused, ++_connections, login: null);
        Assert.Equal((SessionEvent.LoginRefused, 99), _lines[^1]);
    }

    private long LogIn(string login)
    {
        Report(SessionEvent.LoggedIn, ++_connections, login);
        return _connections;
    }

    private void Report(SessionEvent what, long connection, string? login = "kiosk1") => _watch.Take(0, new(what, connection, "10.20.0.7", login));
}
