using KioskLink.Devices;
using KioskLink.Node.AlarmPanels;
using KioskLink.Node.BranchChanges;
using KioskLink.Node.Buses;
using KioskLink.Node.Entrances;
using KioskLink.Node.Hosting;
using KioskLink.Node.Hosting.Wiring;
using KioskLink.Node.Passages;
using KioskLink.Rules.Doors;
using KioskLink.Rules.Premises;
using NodaTime;

namespace KioskLink.Node.Doors;

/// <summary>The lines, doors and entrances of a node, wired as node.json says: one loop a door, two an entrance (its intake and its decisions).</summary>
internal sealed class Doorways : IAsyncDisposable
{
    private readonly Dictionary<string, DoorLoop> _doors = [];
    private readonly List<EntranceRoom> _entrances = [];
    private readonly List<ModeLines> _modeLines;
    private readonly DoorwayWork _work;
    private readonly TimeProvider _time;

    /// <summary>Wires everything that a checked configuration names; no port is opened and nothing moves.</summary>
    /// <exception cref="StartProblem">Something cannot be run as it is set up.</exception>
    public Doorways(NodeConfig config, OsdpKeys keys, DoorwayWork work, TimeProvider time)
    {
        (_work, _time) = (work, time);
        Lines = new DeviceLines(config, keys, time);
        Lines.ListenToAll(new DeviceAlarms((subject, sentence) => work.Alarm(subject, sentence), subject => work.Alarm(subject, null), input => InputPlaces.Of(config, input)).Take);
        Keys = new KeyKeeper(config.Devices, keys, Lines.SetKeyAsync, work.Alarm, time);
        Lines.ListenToAll(Keys.Take);
        foreach (var device in config.Devices.Where(device => BusPlan.InstallTime(device, time.GetUtcNow()) > TimeSpan.Zero))
            work.Alarm($"install {device.Id}", $"Device {device.Id} may be given its key with the install key that everyone knows, until {device.InstallUntil:u}.");
        Staff = new StaffPresence(config.Data);
        Lockdown = new Lockdown(config.Data, config.Doors.Select(door => door.Id));
        foreach (var door in config.Doors)
            AddDoor(door);
        Passages = new PassageDesk(config, _doors, work, time);
        Panel = new PanelLoop(config.AlarmPanel, Lines, new PanelWork { People = () => Passages.Book.People, Record = open => _ = work.Record(open), Alarm = work.Alarm }, time);
        var runner = new ActionRunner(config.Actions, Lines, work.Alarm, time);
        runner.Listen();
        Follower = new BranchFollower(config.Actions, new StateFile(config.Data), runner, FollowerWork(), time);
        _modeLines = [.. config.Doors.Where(door => door.Outputs.Any(output => output.Role == OutputConfig.ModeRole))
            .Select(door => new ModeLines(door, _doors[door.Id], Lines, () => Follower.State, () => Passages.Book.People, work.Alarm, time))];
        foreach (var entrance in config.Entrances)
            AddEntrance(entrance, config);
    }

    /// <summary>The lines.</summary>
    public DeviceLines Lines { get; }

    /// <summary>The devices' keys.</summary>
    public KeyKeeper Keys { get; }

    /// <summary>Whether staff has come today.</summary>
    public StaffPresence Staff { get; }

    /// <summary>Which doors are in lockdown.</summary>
    public Lockdown Lockdown { get; }

    /// <summary>The people at the doors.</summary>
    public PassageDesk Passages { get; }

    /// <summary>The burglar alarm.</summary>
    public PanelLoop Panel { get; }

    /// <summary>Follows what the branch is.</summary>
    public BranchFollower Follower { get; }

    /// <summary>The doors by id.</summary>
    public IReadOnlyDictionary<string, DoorLoop> Doors => _doors;

    /// <summary>The entrances.</summary>
    public IReadOnlyList<EntranceRoom> Entrances => _entrances;

    /// <summary>Opens the ports, doors locked first.</summary>
    /// <exception cref="StartProblem">A port cannot be had.</exception>
    public void Start() => Lines.Start();

    /// <summary>Runs until stopped. It ends early, with its fault, only when a loop meets what nobody expected.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        Task[] loops = [Lines.RunAsync(stopping), .. _doors.Values.Select(door => door.RunAsync(stopping)), .. _entrances.SelectMany(room => room.RunAsync(stopping)), .. Passages.RunAsync(stopping), Follower.RunAsync(stopping), Panel.RunAsync(stopping), .. _modeLines.Select(lines => lines.RunAsync(stopping))];
        await await Task.WhenAny(loops);
    }

    /// <summary>Shows at every entrance whether the node is ready to decide.</summary>
    public void ShowReady(bool ready) => _entrances.ForEach(room => room.Panel.Tell(new ServiceChanged(ready)));

    /// <summary>Frees every door, or ends that, as the calendar says now.</summary>
    public void SetFree(bool free)
    {
        foreach (var door in _doors.Values)
            door.Post(new CalendarSays(free));
    }

    /// <summary>Ends the feedback and leaves every door locked.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var room in _entrances)
            room.Dispose();
        await Lines.DisposeAsync();
        foreach (var door in _doors.Values)
            door.Dispose();
        Passages.Dispose();
        Panel.Dispose();
    }

    private void Turn(BranchState from, BranchState to)
    {
        Passages.Turn(from, to);
        Panel.Post(new PremisesTurned(to));
    }

    private BranchWork FollowerWork() => new()
    {
        Branch = _work.ReliableBranch,
        Now = _work.Now,
        Record = open => _ = _work.Record(open),
        Changed = Turn,
        Found = state => Panel.Post(new PremisesTurned(state)),
        Alarm = _work.Alarm,
    };

    private void AddDoor(DoorConfig config)
    {
        var locks = DoorWiring.LocksOf(config);
        var openers = DoorWiring.OpenersOf(config);
        var (moving, pushing) = (new DoorLock(locks, Lines), new DoorOpeners(config.Id, openers, Lines, _work.Alarm));
        var work = new DoorWork
        {
            Unlock = moving.UnlockAsync,
            Lock = moving.LockAsync,
            Record = open => _ = _work.Record(open),
            Alarm = _work.Alarm,
            Told = happened => Passages.Hear(config.Id, happened),
            Push = pushing.Push,
            StopPushing = pushing.Stop,
        };
        var state = DoorState.Of(DoorWiring.Declare(locks), Duration.FromTimeSpan(config.HeldOpenAfter), openers.Select(DoorWiring.DeclareOpener));
        var door = new DoorLoop(config.Id, state, work, _time);
        _doors.Add(config.Id, door);
        if (Lockdown.Holds(config.Id))
            door.Post(new LockdownOrdered());
        foreach (var input in config.Inputs)
            Lines.Listen(input.Device, happened => Hear(door, input, happened));
    }

    private void Hear(DoorLoop door, InputConfig input, DeviceEvent happened)
    {
        switch (happened)
        {
            case InputChanged changed when changed.Input == input.Input:
                Take(door, input, changed);
                break;
            // A device that is silent, or whose port is gone, tells every input anew when it is back.
            case DeviceOffline or InputLineReported { InOrder: false } when IsOf(happened, input) && DoorWiring.MeaningOfSilence(input) is { } meaning:
                door.Post(meaning);
                break;
        }
    }

    private static bool IsOf(DeviceEvent happened, InputConfig input) => happened is not InputLineReported line || line.Input == input.Input;

    private void Take(DoorLoop door, InputConfig input, InputChanged changed)
    {
        if (input.Role == InputConfig.GlassRole)
            _work.Alarm(DoorWords.GlassSubject(door.Id), changed.Active ? DoorWords.GlassAlarm(door.Id) : null);
        if (DoorWiring.Meaning(input, changed) is { } meaning)
            door.Post(meaning);
        else if (changed.Active && input.Role is InputConfig.CounterInRole or InputConfig.CounterOutRole)
            Passages.Count(door.Id, inwards: input.Role == InputConfig.CounterInRole);
    }

    private Func<CancellationToken, Task> OutReader(PresentationIntake intake, FeedbackPanel panel) =>
        new OutReader(intake.Presentations, Passages.Book, _work, panel).RunAsync;

    private void AddEntrance(EntranceConfig config, NodeConfig node)
    {
        var desk = new EntranceDesk(config.Side, _doors[config.Door], Lockdown, Staff, Passages, Panel, _work);
        var room = new EntranceRoom(config, node, Lines, desk.Work(), _work.Branch, _time, config.Side == Side.Out ? OutReader : null);
        _entrances.Add(room);
        foreach (var device in config.Cards.Append(config.Pin).Append(config.Display).OfType<string>().Distinct())
            Lines.Listen(device, room.Intake.Post);
    }
}
