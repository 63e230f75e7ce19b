using System.Globalization;
using KioskLink.Node.AlarmOutputs;
using KioskLink.Node.Buses;
using KioskLink.Node.Circulation;
using KioskLink.Node.Commands;
using KioskLink.Node.Deciding;
using KioskLink.Node.Diagnostics;
using KioskLink.Node.Diagnostics.Doctor;
using KioskLink.Node.Hosting;
using KioskLink.Node.Kiosk;
using KioskLink.Node.Panel;
using KioskLink.Node.Passages;
using KioskLink.Node.RegisterLink;
using KioskLink.Protos.Node.V1;
using KioskLink.Protos.Register.V1;
using KioskLink.Rules.Branches;
using KioskLink.Rules.Doors;

namespace KioskLink.Node.Doors;

/// <summary>Everything at the doors of a node: lines, entrances, door machines, commands and the kiosk API. The host starts it once, doors locked first.</summary>
internal sealed class Premises : IAsyncDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);

    private readonly NodeParts _parts;
    private readonly Readiness _readiness;
    private readonly Action _looked;
    private readonly Doorways _doorways;
    private readonly PresentedCards _cards;
    private readonly KioskApi _kiosk;

    /// <summary>Wires the doors of a node; nothing is opened and nothing moves.</summary>
    /// <param name="parts">What the doors use.</param>
    /// <param name="readiness">Whether the node is ready.</param>
    /// <param name="looked">Is called after each look at the doors, four times a second: the watchdog's food.</param>
    /// <exception cref="StartProblem">Something cannot be run as it is set up.</exception>
    public Premises(NodeParts parts, Readiness readiness, Action looked)
    {
        (_parts, _readiness, _looked, _cards) = (parts, readiness, looked, new PresentedCards(parts.Replica, parts.Secrets));
        var keys = parts.Config.Keys is { } path ? OsdpKeys.Read(path) : OsdpKeys.None;
        if (parts.Secrets.BadgeKey is { } badgeKey)
            keys = keys.With(DeviceKeyFile.Open(Path.Combine(parts.Config.Data, "osdp.keys"), badgeKey));
        _doorways = new Doorways(parts.Config, keys, Work(), parts.Time);
        Watch = new DeviceWatch(parts.Config.Doors, parts.Time);
        Traces = new TraceWatch(_doorways.Lines, parts.Time);
        _doorways.Lines.ListenToAll(Watch.Take);
        ShowAlarms();
        var kiosk = new KioskDesk(parts, _doorways).Work();
        _kiosk = new KioskApi(TokensOf(parts.Config), kiosk, parts.Time);
        Gates = new GateWork(kiosk.Conditions, kiosk.Decide);
        parts.Status.Doors = () => _doorways.Doors.Values.Select(door => DoorReport.Of(parts.Config.Node, door));
    }

    /// <summary>The lines.</summary>
    public DeviceLines Lines => _doorways.Lines;

    /// <summary>The devices' keys.</summary>
    public KeyKeeper Keys => _doorways.Keys;

    /// <summary>What the devices have told of late, for technicians.</summary>
    public DeviceWatch Watch { get; }

    /// <summary>What gates that speak SIP2 need done at the doors.</summary>
    public GateWork Gates { get; }

    /// <summary>Who watches which line.</summary>
    public TraceWatch Traces { get; }

    /// <summary>How the devices are.</summary>
    public IReadOnlyList<DeviceStatus> Devices => [.. _doorways.Lines.Status.Select(line => DoorReport.Of(line.BusId, line.Device))];

    /// <summary>A door of this node; null for none of that id.</summary>
    public DoorLoop? DoorOf(string doorId) => _doorways.Doors.GetValueOrDefault(doorId);

    /// <summary>Unlocks a door once, unless an interlocked one stands in the way.</summary>
    public Task<Passing> UnlockAsync(DoorLoop door, DoorGranted grant) => _doorways.Passages.Interlocks.UnlockAsync(door, grant);

    /// <summary>What a door's side knows, where no card is inside or out.</summary>
    public DoorConditions ConditionsOf(string doorId) => new() { Lockdown = _doorways.Lockdown.Holds(doorId), StaffPresent = _doorways.Staff.IsPresent(_parts.Clock.Now) };

    /// <summary>What the branch is; empty while nobody knows.</summary>
    public string BranchState => _doorways.Follower.State?.ToString() ?? "";

    /// <summary>How the doors are.</summary>
    public IReadOnlyList<DoorStatus> Doors =>
        [.. _doorways.Doors.Values.Select(door => new DoorStatus { DoorId = door.Id, State = door.Phase.ToString(), CommissionedOn = CommissionedOn(door.Id) })];

    /// <summary>The on-screen keypads by entrance.</summary>
    public IReadOnlyDictionary<string, PatronPanel> Panels =>
        _doorways.Entrances.Select(room => room.OnScreen).OfType<PatronPanel>().ToDictionary(panel => panel.EntranceId);

    /// <summary>Adds services of the kiosk API to the host before it is built.</summary>
    public void AddServices(IServiceCollection services) => services.AddSingleton(_kiosk);

    /// <summary>Opens the lines. A port may still be absent, and a device silent.</summary>
    /// <exception cref="StartProblem">Another program holds a port, or it cannot be used.</exception>
    public void Start() => _doorways.Start();

    /// <summary>Runs lines, doors and entrances until stopped.</summary>
    public async Task RunAsync(CancellationToken stopping) =>
        await await Task.WhenAny(_doorways.RunAsync(stopping), LookAsync(stopping), Commands().RunAsync(stopping));

    /// <summary>Stops the entrances and leaves every door locked.</summary>
    public ValueTask DisposeAsync() => _doorways.DisposeAsync();

    /// <summary>Shows readiness and follows the calendar: a look four times a second needs no timers that a corrected clock would upset.</summary>
    private async Task LookAsync(CancellationToken stopping)
    {
        var (wasReady, wasFree) = (false, false);
        using var timer = new PeriodicTimer(LookEvery, _parts.Time);
        do
        {
            var (ready, free) = (_readiness.IsReady, AreDoorsFree());
            if (ready != wasReady)
                _doorways.ShowReady(ready);
            if (free != wasFree)
                _doorways.SetFree(free);
            (wasReady, wasFree) = (ready, free);
            _looked();
        }
        while (await timer.WaitForNextTickAsync(stopping));
    }

    private string CommissionedOn(string doorId) =>
        _parts.Config.Doors.First(door => door.Id == doorId).Commissioned?.On?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    private bool AreDoorsFree()
    {
        var now = _parts.Clock.Now;
        return StaffedHours.AreFree(_parts.Replica.Branch, _doorways.Staff.IsPresent(now), _parts.Clock.Trusted, _parts.Replica.AgeAt(now), now);
    }

    private BranchPolicy? ReliableBranch() =>
        _parts.Replica.Branch is { } branch && _parts.Clock.Trusted && _parts.Replica.AgeAt(_parts.Clock.Now) <= branch.HoursMaxAge ? branch : null;

    private CommandLoop Commands()
    {
        var desk = new CommandDesk(
            _parts.Config.Node, _doorways.Doors, _doorways.Passages.Interlocks, _doorways.Lockdown, ConfirmStaff, () => _parts.Replica.Branch, open => _parts.Journal.AppendAsync(open), () => _parts.Clock.Now);
        return new CommandLoop(
            _parts.Channels, _parts.Link, _parts.Status, desk, _parts.Traces, new RelayedDoctor(_parts, new DoctorDesk(_parts, Lines, Watch)), DeviceWork(new TechnicianLog(_parts.Journal, SocketPeer.UserOf)), _parts.Time, NodeDuties.NewRetry(), _parts.Logs.CreateLogger<CommandLoop>());
    }

    private RelayedWork DeviceWork(TechnicianLog log) => new(
        Lines, new DeviceDesk(Lines, _parts.Config, _parts.Time), new ReaderTest(Lines, Watch, _parts.Time), new RelayTest(this, log), new ReplugTest(Lines, Watch, _parts.Time), Traces, _parts.Status, log, _parts.Clock,
        _parts.Time);

    private StaffArrival ConfirmStaff() => _doorways.Staff.Arrive(_parts.Replica.Branch, _parts.Clock.Trusted, _parts.Clock.Now);

    private static DeviceTokens TokensOf(NodeConfig config) => config.DeviceTokens is { } path ? DeviceTokens.Read(path) : DeviceTokens.None;

    private DoorwayWork Work() => new()
    {
        Now = () => _parts.Clock.Now,
        ClockTrusted = () => _parts.Clock.Trusted,
        Branch = () => _parts.Replica.Branch,
        ReliableBranch = ReliableBranch,
        IsCard = _cards.IsCard,
        BadgeOf = _cards.BadgeOf,
        NameOf = _cards.NameOf,
        CardRead = new CardProbe(
            () => _parts.Status.ReportAsync("", CancellationToken.None), _parts.Link, () => _parts.Decider.Patience, _parts.Time).Ask,
        Decide = _parts.Decider.DecideAsync,
        Record = open => _parts.Journal.AppendAsync(open),
        Reached = (presentation, step, decided) => _parts.Steps.Reached(presentation.AttemptId, presentation.DoorId, step, presentation.ReadAt, decided),
        Alarm = SetAlarm,
    };

    private void ShowAlarms()
    {
        var lamps = new AlarmLamps(_parts.Config.AlarmOutputs, _doorways.Lines);
        lamps.Listen();
        _parts.Alarms.Changed += Show;
        _parts.Link.Changed += _ => Show();

        void Show() => lamps.Show(_parts.Alarms.HasCritical, _parts.Link.State == RegisterLink.LinkState.Online);
    }

    private void SetAlarm(string subject, string? sentence)
    {
        if (sentence is null)
            _parts.Alarms.Clear(subject);
        else
            _parts.Alarms.Raise(subject, sentence);
    }
}
