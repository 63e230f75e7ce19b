using KioskLink.Register.Facts;
using KioskLink.Register.Identity;
using KioskLink.Register.Jobs;
using KioskLink.Register.Loans;
using KioskLink.Register.Store;
using KioskLink.Rules.Branches;
using NodaTime;

namespace KioskLink.Register.Circulation;

/// <summary>
/// Each night: holds that nobody fetched or that have run out end, and what waited for them is for who is next; acts that are older
/// than they are kept are forgotten. In small units of work, so that no door waits behind them.
/// </summary>
internal sealed class HoldShelfJob(RegisterCore core) : IJob
{
    private const int AtOnce = 50;

    /// <inheritdoc/>
    public string Name => "hold-shelf";

    /// <inheritdoc/>
    public JobSchedule When => JobSchedule.Daily(new LocalTime(0, 20));

    /// <inheritdoc/>
    public string Purpose => CallPurpose.LoanControl;

    /// <inheritdoc/>
    public async Task<string> RunAsync(JobCall call, CancellationToken stop)
    {
        var today = OpeningCalendar.DateAt(call.Now);
        var ended = await AllAsync(scope => End(scope, today), AtOnce, stop).ConfigureAwait(false);
        var forgotten = await AllAsync(ActBook.Forget, ActBook.ForgottenAtOnce, stop).ConfigureAwait(false);
        return $"holds that ended: {ended}, acts that were forgotten: {forgotten}";
    }

    private async Task<int> AllAsync(Func<WriteScope, int> slice, int full, CancellationToken stop)
    {
        for (var sum = 0; ; stop.ThrowIfCancellationRequested())
        {
            var done = (await core.Lane.WriteAsync(slice, stop).ConfigureAwait(false)).Value;
            sum += done;
            if (done < full)
            {
                return sum;
            }
        }
    }

    private int End(WriteScope scope, LocalDate today)
    {
        var day = ((LocalDate?)today).ToIso();
        var over = scope.Db.Set<HoldRow>().Where(hold => hold.Consortium == scope.Consortium)
            .Where(hold => hold.PickUpBy != "" ? string.Compare(hold.PickUpBy, day) < 0 : hold.ItemId == "" && hold.ExpiresOn != "" && string.Compare(hold.ExpiresOn, day) < 0)
            .OrderBy(hold => hold.PlacedAt).Take(AtOnce).ToList();
        scope.About(over.Select(hold => hold.PatronId), "holds");
        over.ForEach(hold => Holding.End(scope, core, hold, today));
        return over.Count;
    }
}
