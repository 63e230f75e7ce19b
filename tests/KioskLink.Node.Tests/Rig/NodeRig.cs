using KioskLink.Node.Clock;
using KioskLink.Node.Deciding;
using KioskLink.Node.Enrolment;
using KioskLink.Node.Hosting;
using KioskLink.Node.RegisterLink;
using KioskLink.Protos.Types.V1;
using KioskLink.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;

namespace KioskLink.Node.Tests.Rig;

/// <summary>The parts of a real node on a folder of its own, its replica filled by hand, its register scripted or absent.</summary>
internal sealed class NodeRig : IDisposable
{
    private readonly NodeAssembly _assembly;
    private readonly TimeProvider _time;

    public NodeRig(TempFolder folder, TestAuthority authority, string register = "https://127.0.0.1:1", TimeSpan? deadline = null, NodeSecrets? secrets = null, TimeProvider? time = null)
    {
        _time = time ?? TimeProvider.System;
        var start = _time.GetTimestamp();
        var boot = new BootClock("boot-1", () => NodaTime.Duration.FromHours(1) + NodaTime.Duration.FromTimeSpan(_time.GetElapsedTime(start)));
        Clock = new NodeClock(boot, _time, new ClockFile(folder["clock.json"]));
        var config = new NodeConfig { Node = TestAuthority.Node, Branch = TestAuthority.Branch, Register = register, Data = folder.Path };
        _assembly = new NodeAssembly(config, authority.NewIdentity(), secrets ?? Samples.Secrets(), NodeAssembly.OpenReplica(config), Clock, _time, NullLoggerFactory.Instance, deadline ?? Patience.Event);
    }

    public NodeClock Clock { get; }

    public NodeParts Parts => _assembly.Parts;

    public Decider Decider => Parts.Decider;

    public GuessStore Guesses => _assembly.Guesses;

    /// <summary>Fills the replica and trusts its facts as of now.</summary>
    public NodeRig Holding(BranchFacts branch, params Entitlement[] cards)
    {
        var now = Instant.FromDateTimeOffset(_time.GetUtcNow());
        Clock.OnWatermark(now);
        Parts.Replica.Begin(snapshot: true, Samples.Keys.KeyId);
        Parts.Replica.Apply(Samples.State(branch));
        foreach (var card in cards)
            Parts.Replica.Apply(Samples.State(card));
        Parts.Replica.Complete(Samples.At(1));
        Parts.Replica.OnWatermark(Samples.At(1), now);
        return this;
    }

    /// <summary>Brings the link up as a good stream and a good call would.</summary>
    public NodeRig Online()
    {
        Parts.Link.Post(LinkInput.StreamCaughtUp);
        Parts.Link.Post(LinkInput.CallAnswered);
        return this;
    }

    public Task<DecisionRecord> Present(string card, string pin = Samples.Pin, string? attempt = null) => Patience.For(
        Decider.DecideAsync(Presentation(card, pin, attempt)), "a decision");

    public static Presentation Presentation(string? card, string pin = Samples.Pin, string? attempt = null) => new()
    {
        AttemptId = attempt ?? Guid.NewGuid().ToString("N"),
        DoorId = Samples.Door,
        DeviceId = "front-reader",
        Card = card,
        Pin = System.Text.Encoding.ASCII.GetBytes(pin),
    };

    public IReadOnlyList<RecordOpen> Journal() =>
        [.. Parts.Journal.Read(1, int.MaxValue).Select(record => RecordOpen.Parser.ParseFrom(record.Open))];

    public void Dispose() => _assembly.Dispose();
}
