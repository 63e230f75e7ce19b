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
using Microsoft.Data.Sqlite;

namespace KioskLink.Node.Hosting;

/// <summary>Builds the parts of a node on its data folder, journal first. Disposes them in the opposite order.</summary>
internal sealed class NodeAssembly : IDisposable
{
    /// <summary>Opens the files and joins the parts.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="identity">Who the node is.</param>
    /// <param name="secrets">The keys that are known so far.</param>
    /// <param name="replica">The replica.</param>
    /// <param name="clock">The node's time.</param>
    /// <param name="time">Monotonic and machine time.</param>
    /// <param name="logs">Loggers.</param>
    /// <param name="deadline">How long the register may take for a decision; null means what a door can bear.</param>
    public NodeAssembly(
        NodeConfig config, NodeIdentity identity, NodeSecrets secrets, NodeReplica replica, NodeClock clock, TimeProvider time, ILoggerFactory logs, TimeSpan? deadline = null)
    {
        var journal = OpenJournal(config.Data, clock);
        var alarms = new Alarms(journal, BusOf(config), logs.CreateLogger<Alarms>());
        var link = new Link(() => clock.BootTime);
        var channels = new RegisterChannels(config.Register, identity, clock, sentence => alarms.Raise(LinkLoop.CertificateAlarm, sentence));
        secrets.UseEnvelopeKey(identity.EnvelopeKey);
        var steps = new Steps(time);
        Guesses = OpenGuesses(config.Data, time);
        var acts = OpenActs(config.Data);
        var pins = new PinCheck(Guesses, clock);
        var register = new RegisterDecisions(channels, link, clock, alarms, time, deadline ?? RegisterDecisions.DoorDeadline);
        var local = new ReplicaDecisions(replica, secrets, clock, pins);
        Parts = new NodeParts
        {
            Config = config,
            Time = time,
            Clock = clock,
            Journal = journal,
            Replica = replica,
            ActBook = acts,
            Traces = new CardTraces(replica, journal, Guesses, acts, clock),
            Secrets = secrets,
            Link = link,
            Channels = channels,
            Status = new StatusReporter(channels, replica, journal, alarms, time),
            Decider = new Decider(replica, secrets, clock, link, register, local, pins, journal, alarms, steps, time),
            Pins = pins,
            Local = local,
            Acts = new ActIds(time),
            Alarms = alarms,
            Steps = steps,
            Logs = logs,
        };
    }

    /// <summary>The parts.</summary>
    public NodeParts Parts { get; }

    /// <summary>The guesses spent here.</summary>
    public GuessStore Guesses { get; }

    /// <summary>The replica of a data folder.</summary>
    /// <exception cref="StartProblem">The disk is full or broken.</exception>
    public static NodeReplica OpenReplica(NodeConfig config)
    {
        try
        {
            return new NodeReplica(Path.Combine(config.Data, "replica.db"));
        }
        catch (SqliteException error)
        {
            throw new StartProblem($"The replica in {config.Data} cannot be opened ({error.Message}): free or mend the disk; nothing of it is lost.");
        }
    }

    /// <summary>The clock of a node, from what its data folder kept; a battery clock is believed for as long as the branch's facts are.</summary>
    public static NodeClock OpenClock(NodeConfig config, NodeReplica replica, TimeProvider time)
    {
        var boot = BootClock.OfMachine(config.BootIdPath);
        return new NodeClock(boot, time, new ClockFile(Path.Combine(config.Data, "clock.json")), config.BatteryClock, replica.Branch?.OfflineMaxAge);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Parts.Channels.Dispose();
        Parts.Secrets.Dispose();
        Parts.Pins.Dispose();
        Guesses.Dispose();
        Parts.ActBook.Dispose();
        Parts.Replica.Dispose();
        Parts.Journal.Dispose();
    }

    private static Dictionary<string, string> BusOf(NodeConfig config) =>
        config.Devices.DistinctBy(device => device.Id).ToDictionary(device => device.Id, device => device.Bus);

    private static GuessStore OpenGuesses(string data, TimeProvider time)
    {
        try
        {
            return new GuessStore(Path.Combine(data, "guesses.db"), time);
        }
        catch (SqliteException error)
        {
            throw new StartProblem($"The count of PIN guesses in {data} cannot be opened ({error.Message}): free or mend the disk; no PIN is checked without it.");
        }
    }

    private static ActBook OpenActs(string data)
    {
        try
        {
            return new ActBook(Path.Combine(data, "acts.db"));
        }
        catch (SqliteException error)
        {
            throw new StartProblem($"The loans and returns in {data} that the register has still to take cannot be opened ({error.Message}): free or mend the disk; nothing of them is lost.");
        }
    }

    private static NodeJournal OpenJournal(string data, NodeClock clock)
    {
        try
        {
            return NodeJournal.Open(data, clock);
        }
        catch (SqliteException error)
        {
            throw new StartProblem($"The journal in {data} cannot be opened ({error.Message}): free or mend the disk; no door opens without a record.");
        }
    }
}
