using KioskLink.Sip2.Server;

namespace KioskLink.Circulation.Machines;

/// <summary>
/// Who is connected, who is gone and who is refused: a few lines in the log and one alarm each, however much a machine or a guesser does. Thread-safe.
/// </summary>
internal sealed class MachineWatch : IDisposable
{
    /// <summary>The subject of the alarm of refused logins.</summary>
    public const string LoginAlarm = "machine-login";

    /// <summary>Refused logins of all machines within <see cref="RefusedSources.Window"/> that are an alarm.</summary>
    public const int RefusedMax = 5;

    /// <summary>A machine that never was connected for so long connects for each question: that it is gone means nothing.</summary>
    public static readonly TimeSpan StaysConnected = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly Action<string, string?> _alarm;
    private readonly Dictionary<string, TimeSpan> _goneAfter;
    private readonly LogPace _pace;
    private readonly Dictionary<(int Listener, long Connection), (string Login, long Since)> _connected = [];
    private readonly Dictionary<string, long> _goneSince = new(StringComparer.Ordinal);
    private readonly Queue<long> _refused = new();
    private readonly ITimer _look;

    /// <summary>Begins to watch.</summary>
    /// <param name="config">The machines.</param>
    /// <param name="alarm">Raises the alarm of a subject, or clears it where there is no sentence.</param>
    /// <param name="tell">Writes a line of the log, with the number of reports alike that were swallowed before it.</param>
    /// <param name="time">The clock.</param>
    public MachineWatch(Sip2Config config, Action<string, string?> alarm, Action<ListenerReport, int> tell, TimeProvider time)
    {
        (_time, _alarm, _pace) = (time, alarm, new LogPace(tell, time));
        _goneAfter = config.Machines.ToDictionary(machine => machine.Login, machine => machine.GoneAfter, StringComparer.Ordinal);
        _look = time.CreateTimer(_ => Look(), null, LookEvery, LookEvery);
    }

    /// <summary>The subject of the alarm of a machine that is gone.</summary>
    public static string SubjectOf(string login) => $"machine {login}";

    /// <summary>The machines that are connected now, with the number of their connections.</summary>
    public IReadOnlyDictionary<string, int> Connected
    {
        get
        {
            lock (_gate)
                return _connected.Values.GroupBy(one => one.Login, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        }
    }

    /// <summary>Takes what a listener reports.</summary>
    public void Take(int listener, ListenerReport report)
    {
        _pace.Tell(report);
        switch (report.Event)
        {
            case SessionEvent.LoggedIn:
                Come(listener, report);
                break;
            case SessionEvent.LoginRefused:
                Go(listener, report);
                Refuse();
                break;
            case SessionEvent.Disconnected:
                Go(listener, report);
                break;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _look.Dispose();

    private void Come(int listener, ListenerReport report)
    {
        Go(listener, report);
        lock (_gate)
        {
            _connected[(listener, report.Connection)] = (report.Login!, _time.GetTimestamp());
            _goneSince.Remove(report.Login!);
        }
        _alarm(SubjectOf(report.Login!), null);
    }

    private void Go(int listener, ListenerReport report)
    {
        lock (_gate)
        {
            if (!_connected.Remove((listener, report.Connection), out var was) || _connected.Values.Any(one => one.Login == was.Login))
                return;
            if (_time.GetElapsedTime(was.Since) >= StaysConnected)
                _goneSince[was.Login] = _time.GetTimestamp();
        }
    }

    private void Refuse()
    {
        lock (_gate)
        {
            _refused.Enqueue(_time.GetTimestamp());
            if (_refused.Count > RefusedMax)
                _refused.Dequeue();
            if (!AreManyRefused())
                return;
        }
        _alarm(LoginAlarm, "Machines' logins are refused again and again: see the log for the addresses, mend the password of the machine, or keep a stranger off its network.");
    }

    private void Look()
    {
        List<string> gone;
        bool calm;
        lock (_gate)
        {
            calm = _refused.Count >= RefusedMax && !AreManyRefused();
            gone = [.. _goneSince.Where(one => _goneAfter.GetValueOrDefault(one.Key) is { Ticks: > 0 } after && _time.GetElapsedTime(one.Value) >= after).Select(one => one.Key)];
            gone.ForEach(login => _goneSince.Remove(login));
        }
        if (calm)
            _alarm(LoginAlarm, null);
        foreach (var login in gone)
            _alarm(SubjectOf(login), $"Machine {login} was connected and is gone: look at its power, its network and its settings.");
    }

    private bool AreManyRefused()
    {
        while (_refused.TryPeek(out var first) && _time.GetElapsedTime(first) > RefusedSources.Window)
            _refused.Dequeue();
        return _refused.Count >= RefusedMax;
    }
}
