using KioskLink.Node.Hosting;
using KioskLink.Node.Hosting.Wiring;
using KioskLink.Protos.Types.V1;
using KioskLink.Rules.Premises;
using NodaTime;
using Duration = NodaTime.Duration;

namespace KioskLink.Node.Passages;

/// <summary>What changes of the branch's state mean for those who are counted inside, and the roll-call when staff has gone. Used by one loop.</summary>
internal sealed class RollCallDesk(NodeConfig config, InsideBook book, PassageWork work)
{
    private const string Subject = "roll-call";
    private readonly bool _hasReader = config.Entrances.Any(entrance => entrance.Side == Side.Inside);
    private RollCall? _rollCall;

    /// <summary>When <see cref="Tick"/> has something to do; null when nothing is due.</summary>
    public Instant? DueAt => _rollCall?.Until;

    /// <summary>The branch has become something else: free doors count nobody's card, and nobody stayed the night.</summary>
    public void Turn(BranchTurned turned, Instant now)
    {
        work.Alarm(Subject, null);
        _rollCall = null;
        if (turned.From == BranchState.Closed || turned.To == BranchState.Staffed)
            book.Forget(keepsCount: turned.From != BranchState.Closed);
        if (turned is { From: BranchState.Staffed, To: BranchState.SelfService } && _hasReader)
            _rollCall = new RollCall(now + Duration.FromTimeSpan(config.RollCall));
    }

    /// <summary>Somebody was accepted at a reader inside.</summary>
    public void CheckIn(string who)
    {
        book.Enter(who);
        _rollCall = _rollCall?.CheckIn(who);
    }

    /// <summary>Time passed.</summary>
    public void Tick(Instant now)
    {
        if (_rollCall is not { } ended || ended.Until > now)
            return;
        _rollCall = null;
        var missing = ended.Missing(book.People);
        _ = work.Record(new RecordOpen { Kind = RecordKind.Branch, Detail = $"roll-call: {ended.People} showed their card, {missing} of those counted inside did not" });
        if (missing > 0)
            work.Alarm(Subject, $"{missing} of the people counted inside have not shown their card since staff has gone: ask them to, or look on the spot.");
    }
}
