using KioskLink.Devices.Locks;
using KioskLink.Devices.Profiles;
using KioskLink.Devices.Serial;

namespace KioskLink.Devices.Relays;

/// <summary>One line of relay boards, or of one where boards have no address.</summary>
public sealed record RelayBusOptions
{
    /// <summary>The bus's name in events and logs.</summary>
    public required string Id { get; init; }

    /// <summary>The serial port.</summary>
    public required string Path { get; init; }

    /// <summary>The speed of the line; boards on USB (CDC) take any.</summary>
    public int Baud { get; init; } = 9600;

    /// <summary>How the boards are spoken to.</summary>
    public required DeviceProtocol Protocol { get; init; }

    /// <summary>How the port's driver turns the RS-485 pair; null where the adapter does it by itself.</summary>
    public Rs485Direction? Rs485 { get; init; }

    /// <summary>The boards.</summary>
    public required IReadOnlyList<RelayBoardOptions> Boards { get; init; }

    /// <summary>Times, retries and sizes.</summary>
    public RelayLimits Limits { get; init; } = new();

    /// <summary>What is wrong with these options, one sentence each; empty when nothing is.</summary>
    public IEnumerable<string> Problems()
    {
        if (!SerialPort.Supports(Baud))
            yield return $"Bus {Id}: {Baud} baud is not possible: use 9600, 19200, 38400, 57600, 115200 or 230400.";
        if (SerialLinks.ProblemOf(Path) is { } address)
            yield return $"Bus {Id}: {address}";
        if (Rs485?.Problem is { } direction)
            yield return $"Bus {Id}: {direction}: mend \"rs485\".";
        if (RelayProtocols.Of(Protocol) is not { } protocol)
            yield return $"Bus {Id}: {DeviceProtocols.NameOf(Protocol)} is no protocol of relay boards: mend \"protocol\".";
        else
            foreach (var problem in BoardProblems(protocol))
                yield return problem;
    }

    private IEnumerable<string> BoardProblems(IRelayProtocol protocol)
    {
        var most = RelayProtocols.Addressed(Protocol) ? RelayLimits.MostBoards : 1;
        if (Boards.Count == 0 || Boards.Count > most)
            yield return $"Bus {Id}: a {DeviceProtocols.NameOf(Protocol)} line has {(most == 1 ? "one board" : $"1 to {most} boards")}, and {Boards.Count} are named: mend \"devices\".";
        foreach (var twin in Boards.GroupBy(board => board.Address).Where(group => RelayProtocols.Addressed(Protocol) && group.Count() > 1))
            yield return $"Bus {Id}: devices {string.Join(" and ", twin.Select(board => board.Id))} share address {twin.Key}: give each its own.";
        foreach (var problem in Boards.SelectMany(board => board.Problems(Protocol, protocol)))
            yield return problem;
    }
}

/// <summary>One relay board.</summary>
public sealed record RelayBoardOptions
{
    /// <summary>The board's name in events and commands.</summary>
    public required string Id { get; init; }

    /// <summary>Its address where boards have one, 1 to 247.</summary>
    public byte Address { get; init; } = 1;

    /// <summary>How many relays it has.</summary>
    public required int Outputs { get; init; }

    /// <summary>How many inputs it has whose states are told.</summary>
    public int Inputs { get; init; }

    /// <summary>Of its inputs those that are two contacts of one switch, each with the next input: both or neither closed is a fault of the line. The next one tells nothing of its own.</summary>
    public IReadOnlyList<int> SupervisedInputs { get; init; } = [];

    /// <summary>It ends a pulse by itself.</summary>
    public bool Timed { get; init; }

    /// <summary>Its outputs that move locks. All others are off.</summary>
    public IReadOnlyList<LockOutput> Locks { get; init; } = [];

    internal IEnumerable<string> Problems(DeviceProtocol kind, IRelayProtocol protocol)
    {
        if (RelayProtocols.Addressed(kind) && Address is 0 or > RelayLimits.HighestAddress)
            yield return $"Device {Id}: address {Address} is not possible: use 1 to {RelayLimits.HighestAddress}.";
        if (Outputs < 1 || Outputs > protocol.MostOutputs)
            yield return $"Device {Id}: a {DeviceProtocols.NameOf(kind)} board has 1 to {protocol.MostOutputs} relays, and its profile says {Outputs}: mend \"outputs\" there.";
        if (Inputs < 0 || Inputs > protocol.MostInputs)
            yield return protocol.MostInputs == 0
                ? $"Device {Id}: inputs of {DeviceProtocols.NameOf(kind)} boards cannot be asked: remove \"inputs\" from its profile."
                : $"Device {Id}: a {DeviceProtocols.NameOf(kind)} board has 0 to {protocol.MostInputs} inputs, and its profile says {Inputs}: mend \"inputs\" there.";
        else if (Relays.SupervisedInputs.FindProblem(SupervisedInputs, Inputs) is { } pairs)
            yield return $"Device {Id}: in its profile {pairs}";
        if (Timed && !protocol.Knows(RelayVerb.Pulse))
            yield return $"Device {Id}: {DeviceProtocols.NameOf(kind)} boards cannot end a pulse by themselves: remove \"outputsTimed\" from its profile.";
        foreach (var output in Locks)
            if (output.Output >= Outputs)
                yield return $"Device {Id}: it has {Outputs} outputs, counted from 0, and no output {output.Output}: mend \"output\".";
            else if (Timed && output is { BoardTimed: true, LockedWhenOn: true })
                yield return $"Device {Id}: its timers can only switch on, and the lock on output {output.Output} is locked while it is on: use the relay's NC contact and write \"lockedWhen\": \"off\".";
    }
}

/// <summary>Every time, retry and size of a line of relay boards.</summary>
public sealed record RelayLimits
{
    /// <summary>Boards on one line.</summary>
    public const int MostBoards = 16;

    /// <summary>The highest address of a Modbus board.</summary>
    public const int HighestAddress = 247;

    /// <summary>Orders waiting for one board.</summary>
    public const int OrderQueue = 16;

    /// <summary>A board must have answered within this time, counted from the request's last byte.</summary>
    public TimeSpan ReplyTimeout { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>After a broken answer the line must be quiet for so long before the next request.</summary>
    public TimeSpan QuietAfterNoise { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>How long a request waits for that; a transmitter that is stuck never lets the line be quiet.</summary>
    public TimeSpan QuietLimit { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How often a request is sent again before the board counts as offline. An unlock is sent again only when the board says that it did not take it.</summary>
    public int Retries { get; init; } = 2;

    /// <summary>How often an idle board is asked for its states.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often a board with inputs is asked for them: a door that is pushed open is seen within this time and a turn of the line.</summary>
    public TimeSpan InputInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The wait before a board that does not answer is tried again: an absent one costs one reply time-out in this time.</summary>
    public TimeSpan AbsentInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>An order is given up after this time; it is never sent later.</summary>
    public TimeSpan OrderDeadline { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How much longer than ordered a board's own pulse may last before the bus locks over it.</summary>
    public TimeSpan PulseSlack { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long the driver and the adapter may hold bytes before they are on the wire; a stopping bus waits for it where boards do not answer.</summary>
    public TimeSpan OutputDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How long a stopping bus tries to lock its outputs.</summary>
    public TimeSpan StopLimit { get; init; } = TimeSpan.FromSeconds(1);
}
