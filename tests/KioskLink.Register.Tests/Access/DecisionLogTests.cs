using KioskLink.Register.Access;
using KioskLink.Register.Audit;
using KioskLink.Rules.Access;
using KioskLink.Testing;
using Microsoft.Extensions.Logging;

namespace KioskLink.Register.Tests.Access;

/// <summary>Rows of decisions are written behind the answers, all of them, and what cannot be written is told.</summary>
public class DecisionLogTests
{
    private const int Burst = 3_000;

    [Fact]
    public async Task A_burst_of_decisions_is_written_whole_after_one_patience()
    {
        await using var register = await TestRegister.StartAsync();
        var timers = register.Time.TimersSet;
        await using var log = new DecisionLog(register.Core, register.Service<AuditAnchor>(), new Lines());
        for (var number = 0; number < Burst; number++)
            log.Note(Decision(register, number));

        await Patience.Until(() => register.Time.TimersSet > timers, "the log waits for more");
        register.Time.Advance(DecisionLog.Patience);

        await Patience.Until(() => Rows(register) == Burst, "every decision has its row");
    }

    [Fact]
    public async Task Decisions_that_outrun_the_disk_are_counted_in_the_log()
    {
        await using var register = await TestRegister.StartAsync();
        var lines = new Lines();
        await using (var log = new DecisionLog(register.Core, register.Service<AuditAnchor>(), lines))
        {
            for (var number = 0; number < DecisionLog.WaitingMax + Burst; number++)
                log.Note(Decision(register, number));
        }

        Assert.Equal(DecisionLog.WaitingMax, Rows(register));
        Assert.Equal([$"{Burst} decisions were made faster than the disk takes them and have no row until their nodes deliver them"], lines.Written);
    }

    private static NotedDecision Decision(TestRegister register, int number) => new()
    {
        AttemptId = $"attempt-{number}",
        BranchId = TestRegister.Main,
        Caller = "front-node",
        DoorId = "front",
        DeviceId = "reader",
        Code = DecisionCode.CardUnknown,
        Answer = [],
        At = register.Now,
    };

    private static int Rows(TestRegister register)
    {
        using var db = register.Core.Store.Read();
        return db.Set<AttemptRow>().Count();
    }

    private sealed class Lines : ILogger<DecisionLog>
    {
        public List<string> Written { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Written.Add(formatter(state, exception));
    }
}
