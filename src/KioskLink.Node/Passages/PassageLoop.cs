using System.Threading.Channels;
using KioskLink.Node.Doors;
using KioskLink.Node.Hosting;
using KioskLink.Protos.Types.V1;
using KioskLink.Rules.Doors;
using KioskLink.Rules.Premises;
using NodaTime;
using Duration = NodaTime.Duration;

namespace KioskLink.Node.Passages;

/// <summary>Counts people in and out, watches for those who come in behind others, and carries grants through lobbies: one loop for all doors. Posting is thread-safe.</summary>
internal sealed class PassageLoop : IDisposable
{
    /// <summary>How many inputs wait for the loop; what comes on top of them is not counted.</summary>
    public const int InputLimit = 1024;

    private static readonly Duration AskAgainAfter = Duration.FromMilliseconds(500);

    private readonly Channel<PassageInput> _inputs = Channel.CreateBounded<PassageInput>(new BoundedChannelOptions(InputLimit) { SingleReader = true });
    private readonly Dictionary<string, Doorway> _doorways;
    private readonly IReadOnlyDictionary<string, DoorLoop> _doors;
    private readonly Interlocks _interlocks;
    private readonly InsideBook _book;
    private readonly PassageWork _work;
    private readonly RollCallDesk _rollCall;
    private readonly TimeProvider _time;
    private readonly WakeTimer _timer;

    /// <summary>Wires the passages of a checked configuration; nothing moves before <see cref="RunAsync"/>.</summary>
    public PassageLoop(NodeConfig config, IReadOnlyDictionary<string, DoorLoop> doors, Interlocks interlocks, InsideBook book, PassageWork work, TimeProvider time)
    {
        (_doors, _interlocks, _book, _work, _time) = (doors, interlocks, book, work, time);
        _rollCall = new RollCallDesk(config, book, work);
        _doorways = config.Doors.ToDictionary(door => door.Id, door =>
        {
            var lobby = config.Lobbies.FirstOrDefault(lobby => lobby.Outer == door.Id);
            return new Doorway(door, lobby, config.Interlocks.Any(set => set.Doors.Contains(door.Id) && set.Doors.Contains(lobby?.Inner)));
        });
        _timer = new WakeTimer(time, () => Post(new PassageTick()));
    }

    /// <summary>Says that something has happened. Returns at once.</summary>
    public void Post(PassageInput input) => _inputs.Writer.TryWrite(input);

    /// <summary>Runs until stopped.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        await foreach (var input in _inputs.Reader.ReadAllAsync(stopping))
        {
            Take(input);
            var due = _doorways.Values.Select(doorway => doorway.Tailgates.DueAt).Append(_rollCall.DueAt).Min();
            _timer.WakeAt(due is { } at ? (at - NodaConstants.UnixEpoch).ToTimeSpan() : null);
        }
    }

    /// <summary>Ends the timer.</summary>
    public void Dispose() => _timer.Dispose();

    // A clock of its own, so that no correction of the wall clock lengthens anything.
    private Instant Now => NodaConstants.UnixEpoch + Duration.FromTimeSpan(_timer.Now);

    private void Take(PassageInput input)
    {
        switch (input)
        {
            case LetIn let:
                TakeGrant(_doorways[let.DoorId], let);
                break;
            case DoorTold told:
                TakeEvent(_doorways[told.DoorId], told);
                break;
            case Counted counted:
                TakeCount(_doorways[counted.DoorId], counted);
                break;
            case BranchTurned turned:
                _rollCall.Turn(turned, Now);
                break;
            case SeenInside seen:
                _rollCall.CheckIn(seen.Who);
                break;
            case PassageTick:
                _rollCall.Tick(Now);
                foreach (var (id, doorway) in _doorways)
                    TakeTick(id, doorway);
                break;
        }
    }

    private void TakeGrant(Doorway doorway, LetIn let)
    {
        (doorway.Entries, var entered) = doorway.Entries.Granted(let.Who, Now + let.UnlockFor);
        Enter(entered);
        doorway.Tailgates = doorway.Tailgates.Granted(Now, let.Patience);
        if (doorway.Lobby is { } lobby)
        {
            (doorway.Lobby, var opens) = lobby.Granted(let.AttemptId, let.UnlockFor, Now, let.Patience);
            Carry(let.DoorId, doorway, opens);
        }
    }

    private void TakeEvent(Doorway doorway, DoorTold told)
    {
        switch (told.Event)
        {
            case DoorEvent.Opened or DoorEvent.Forced:
                TakeOpening(doorway, told.DoorId);
                break;
            case DoorEvent.Closed:
                TakeClosing(doorway, told.DoorId);
                break;
            case DoorEvent.ContactLost:
                TakeLoss(doorway, told.DoorId);
                break;
            case DoorEvent.ContactBack:
                (doorway.Entries, doorway.Lobby) = (doorway.Entries.Found(), doorway.Lobby?.Found());
                break;
            case DoorEvent.Free:
                doorway.Tailgates = doorway.Tailgates.Freed(true);
                break;
            case DoorEvent.FreeEnded or DoorEvent.FreeLapsed or DoorEvent.Lockdown:
                doorway.Tailgates = doorway.Tailgates.Freed(false);
                break;
        }
    }

    private void TakeOpening(Doorway doorway, string doorId)
    {
        (doorway.Entries, var entered) = doorway.Entries.Opened(Now);
        Enter(entered);
        doorway.Tailgates = doorway.Tailgates.Opened(Now);
        if (doorway.Lobby is not { } lobby)
            return;
        (doorway.Lobby, var opens) = lobby.Opened(Now);
        Carry(doorId, doorway, opens);
    }

    private void TakeClosing(Doorway doorway, string doorId)
    {
        doorway.Entries = doorway.Entries.Closed();
        doorway.Tailgates = doorway.Tailgates.Closed();
        if (doorway.Lobby is not { } lobby)
            return;
        (doorway.Lobby, var opens) = lobby.Closed(Now);
        Carry(doorId, doorway, opens);
    }

    // Nobody is kept out of the count, or in a lobby, by a contact that tells nothing: from now on a grant counts as a passage.
    private void TakeLoss(Doorway doorway, string doorId)
    {
        (doorway.Entries, var entered) = doorway.Entries.Lost(Now);
        Enter(entered);
        doorway.Tailgates = doorway.Tailgates.Closed();
        if (doorway.Lobby is not { } lobby)
            return;
        (doorway.Lobby, var opens) = lobby.Lost(Now);
        Carry(doorId, doorway, opens);
    }

    private void TakeCount(Doorway doorway, Counted counted)
    {
        _book.Pass(counted.Inwards);
        if (!counted.Inwards)
            return;
        (doorway.Tailgates, var suspicion) = doorway.Tailgates.CountedIn(Now);
        Tell(counted.DoorId, suspicion);
    }

    private void TakeTick(string doorId, Doorway doorway)
    {
        (doorway.Tailgates, var suspicion) = doorway.Tailgates.Tick(Now);
        Tell(doorId, suspicion);
    }

    private void Enter(IReadOnlyList<string> entered)
    {
        foreach (var who in entered)
            _book.Enter(who);
    }

    private void Tell(string doorId, TailgateSuspicion? suspicion)
    {
        if (suspicion is null)
            return;
        var until = _work.Now();
        var words = PassageWords.Of(suspicion, until - (Now - suspicion.Since), until);
        _ = _work.Record(new RecordOpen { Kind = RecordKind.Door, DoorId = doorId, Detail = words });
        _work.Alarm($"tailgate {doorId}", $"Door {doorId}: {words}. Look at the recording.");
    }

    private void Carry(string outer, Doorway doorway, CarriedGrant? grant)
    {
        if (grant is not null)
            _ = CarryAsync(outer, doorway.Inner!, grant);
    }

    // As everywhere, the record is durable before the lock moves.
    private async Task CarryAsync(string outer, string inner, CarriedGrant grant)
    {
        var recorded = await _work.Record(RecordOf(inner, grant, $"lobby: the grant at {outer} carries"));
        if (!recorded.Durable && !_work.OpensUnrecorded())
            return;
        var passing = await OpenAsync(inner, grant);
        if (passing.Outcome != Outcome.Unlocked)
            await _work.Record(RecordOf(inner, grant, $"lobby: not opened, {PassageWords.Of(passing)}"));
    }

    // An interlocked outer door may still be unlocked when it is closed again: its time runs out within the minute that the grant carries.
    private async Task<Passing> OpenAsync(string inner, CarriedGrant grant)
    {
        while (true)
        {
            var passing = await _interlocks.UnlockAsync(_doors[inner], new DoorGranted($"{grant.AttemptId}/{inner}", grant.UnlockFor, Patience: grant.Patience));
            if (passing.Why != Withheld.OtherDoor || Now + AskAgainAfter > grant.Until)
                return passing;
            await Task.Delay(AskAgainAfter.ToTimeSpan(), _time);
        }
    }

    private static RecordOpen RecordOf(string doorId, CarriedGrant grant, string detail) =>
        new() { Kind = RecordKind.Door, DoorId = doorId, AttemptId = grant.AttemptId, Detail = detail };
}
