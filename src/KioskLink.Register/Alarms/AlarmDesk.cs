using System.Threading.Channels;
using Grpc.Core;
using KioskLink.Register.Hosting;
using KioskLink.Register.Identity;
using KioskLink.Register.Requests;
using KioskLink.Register.Store;
using KioskLink.Rules.Alarms;
using NodaTime;

namespace KioskLink.Register.Alarms;

/// <summary>Where the register's rooms tell of faults, and where people say that they look after one. Thread-safe.</summary>
internal sealed class AlarmDesk(RegisterCore core, AlarmBook book, AlarmRouter router, ILogger<AlarmDesk> log)
{
    /// <summary>Events that may wait for the disk; beyond that the oldest is in the log only.</summary>
    public const int QueueMax = 1024;

    /// <summary>Tests within an hour.</summary>
    public const int TestsMax = 10;

    private static readonly Duration TestWindow = Duration.FromHours(1);

    private readonly Channel<(AlarmPlace Place, AlarmEvent Happened)> _posted = Channel.CreateBounded<(AlarmPlace, AlarmEvent)>(
        new BoundedChannelOptions(QueueMax) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true }, _ => log.AlarmNotTaken());

    /// <summary>Tells of a fault of a place; it is written in a moment.</summary>
    public void Raise(AlarmPlace place, AlarmKind kind, string subject, string sentence, bool isHappening = false) =>
        _posted.Writer.TryWrite((place, Raised(kind, subject, sentence, core.Now(), isHappening)));

    /// <summary>Tells that a subject is in order again; it is written in a moment.</summary>
    public void Clear(AlarmPlace place, string subject) => _posted.Writer.TryWrite((place, new AlarmCleared(subject)));

    /// <summary>The event of a fault that the register itself found.</summary>
    public static AlarmRaised Raised(AlarmKind kind, string subject, string sentence, Instant at, bool isHappening = false) =>
        new(Guid.NewGuid().ToString("N"), subject, kind, sentence, at) { IsHappening = isHappening };

    /// <summary>Writes what is told, until the register stops.</summary>
    public async Task WriteAsync(CancellationToken stop)
    {
        await foreach (var (place, happened) in _posted.Reader.ReadAllAsync(stop))
        {
            await TryTakeAsync(place, happened);
        }
    }

    /// <summary>Writes what was told up to now.</summary>
    public async Task FlushAsync()
    {
        while (_posted.Reader.TryRead(out var posted))
        {
            await TryTakeAsync(posted.Place, posted.Happened);
        }
    }

    /// <summary>Lets time pass at every place where something is due.</summary>
    public async Task TickAsync()
    {
        foreach (var place in Due())
        {
            await TryTakeAsync(place, new AlarmTick());
        }
    }

    /// <summary>Notes that somebody looks after an alarm.</summary>
    /// <exception cref="RpcException">NOT_FOUND, or FAILED_PRECONDITION for one that is over.</exception>
    public async Task<FaultRow> AcknowledgeAsync(string id, string by, string note, CancellationToken stop) => (await core.Lane.WriteAsync(
        scope =>
        {
            var row = Find(scope, id);
            if (row.ClearedAt is not null && row.AcknowledgedAt is null)
            {
                throw Refused.With(StatusCode.FailedPrecondition, "ALARM_OVER", "This alarm is over: there is nothing left to look after.");
            }

            book.Take(scope, new AlarmPlace(row.BranchId, row.NodeId), new AlarmAcknowledged(id, by, note));
            return Find(scope, id);
        },
        stop)).Value;

    /// <summary>Puts a test of a route into the outbox; the ids of its messages.</summary>
    /// <exception cref="RpcException">NOT_FOUND, or RESOURCE_EXHAUSTED.</exception>
    public async Task<IReadOnlyList<string>> TestAsync(string routeId, CancellationToken stop)
    {
        var route = router.Find(routeId) ?? throw Field.Missing("route");
        return (await core.Lane.WriteAsync(
            scope =>
            {
                var since = (scope.Now - TestWindow).ToUnixTimeMilliseconds();
                var tests = scope.Db.Set<DeliveryRow>().Count(row => row.Consortium == scope.Consortium && row.AlarmId == "" && row.CreatedAt > since);
                return tests < TestsMax ? router.Test(scope, route) : throw Refused.With(
                    StatusCode.ResourceExhausted, "TESTS_EXHAUSTED", $"{TestsMax} test messages were sent within an hour: try again later.");
            },
            stop)).Value;
    }

    private List<AlarmPlace> Due()
    {
        var now = core.Now().ToUnixTimeMilliseconds();
        using var db = core.Store.Read();
        return
        [
            .. db.Set<AlarmPlaceRow>().Where(row => row.Consortium == core.Store.Consortium && row.DueAt <= now).AsEnumerable()
                .Select(row => new AlarmPlace(row.BranchId, row.NodeId)),
        ];
    }

    private async Task TryTakeAsync(AlarmPlace place, AlarmEvent happened)
    {
        try
        {
            await core.Lane.WriteAsync(scope => book.Take(scope, place, happened));
        }
        catch (StoreProblem problem)
        {
            log.AlarmNotWritten(problem.Message);
        }
    }

    private static FaultRow Find(WriteScope scope, string id) =>
        scope.Db.Set<FaultRow>().SingleOrDefault(row => row.Consortium == scope.Consortium && row.AlarmId == id) ?? throw Field.Missing("alarm");
}
