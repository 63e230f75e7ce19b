using KioskLink.Circulation.Lending;
using KioskLink.Node.Clock;
using KioskLink.Node.Deciding;
using KioskLink.Node.Diagnostics;
using KioskLink.Node.Enrolment;
using KioskLink.Node.Journal;
using KioskLink.Node.Outage;
using KioskLink.Node.RegisterLink;
using KioskLink.Node.Replica;
using KioskLink.Node.Subjects;

namespace KioskLink.Node.Hosting;

/// <summary>The parts of a running node that its doors, entrances, kiosk API and commands use.</summary>
internal sealed record NodeParts
{
    /// <summary>The configuration, checked.</summary>
    public required NodeConfig Config { get; init; }

    /// <summary>Monotonic and machine time.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>The node's time.</summary>
    public required NodeClock Clock { get; init; }

    /// <summary>The journal.</summary>
    public required NodeJournal Journal { get; init; }

    /// <summary>The replica, with the branch's hours and rules.</summary>
    public required NodeReplica Replica { get; init; }

    /// <summary>Loans and returns that the register has still to take.</summary>
    public required ActBook ActBook { get; init; }

    /// <summary>What the node keeps of a card.</summary>
    public required CardTraces Traces { get; init; }

    /// <summary>The keys of tokens and envelopes.</summary>
    public required NodeSecrets Secrets { get; init; }

    /// <summary>The link's state.</summary>
    public required Link Link { get; init; }

    /// <summary>Connections to the register.</summary>
    public required RegisterChannels Channels { get; init; }

    /// <summary>Reports to the register; the doors give it their states.</summary>
    public required StatusReporter Status { get; init; }

    /// <summary>Decides presentations.</summary>
    public required Decider Decider { get; init; }

    /// <summary>Checks PINs against the replica.</summary>
    public required PinCheck Pins { get; init; }

    /// <summary>Decisions from the replica.</summary>
    public required ReplicaDecisions Local { get; init; }

    /// <summary>The ids of machines' acts: an act that is asked of the register and then taken here is one act.</summary>
    public required ActIds Acts { get; init; }

    /// <summary>Alarms for technicians.</summary>
    public required Alarms Alarms { get; init; }

    /// <summary>Steps for watchers.</summary>
    public required Steps Steps { get; init; }

    /// <summary>Loggers.</summary>
    public required ILoggerFactory Logs { get; init; }
}
