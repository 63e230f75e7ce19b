using KioskLink.Sip2.Circulation;
using KioskLink.Sip2.Server;

namespace KioskLink.Node.Tests.Outage;

/// <summary>Counts the returns that it is asked for.</summary>
internal sealed class CountingCirculation : ICirculation
{
    public int Returns { get; private set; }

    public ValueTask<DeviceProfile?> LogInAsync(LoginQuestion question, CancellationToken cancel) => new((DeviceProfile?)null);

    public ValueTask<ServiceAnswer> ServiceAsync(ServiceQuestion question, CancellationToken cancel) => new(new ServiceAnswer());

    public ValueTask<PatronAnswer> PatronAsync(PatronQuestion question, CancellationToken cancel) => new(new PatronAnswer());

    public ValueTask<PatronAnswer> BlockAsync(BlockQuestion question, CancellationToken cancel) => new(new PatronAnswer());

    public ValueTask<LoanAnswer> CheckOutAsync(CheckoutQuestion question, CancellationToken cancel) => new(new LoanAnswer());

    public ValueTask<ReturnAnswer> CheckInAsync(CheckinQuestion question, CancellationToken cancel)
    {
        Returns++;
        return new(new ReturnAnswer { Done = true });
    }

    public ValueTask<LoanAnswer> RenewAsync(RenewQuestion question, CancellationToken cancel) => new(new LoanAnswer());

    public ValueTask<RenewAllAnswer> RenewAllAsync(RenewAllQuestion question, CancellationToken cancel) => new(new RenewAllAnswer());

    public ValueTask<HoldAnswer> HoldAsync(HoldQuestion question, CancellationToken cancel) => new(new HoldAnswer());

    public ValueTask<FeeAnswer> PayAsync(FeeQuestion question, CancellationToken cancel) => new(new FeeAnswer());

    public ValueTask<ItemAnswer> ItemAsync(ItemQuestion question, CancellationToken cancel) => new(new ItemAnswer());

    public ValueTask<ItemUpdateAnswer> UpdateItemAsync(ItemUpdateQuestion question, CancellationToken cancel) => new(new ItemUpdateAnswer());

    public ValueTask EndSessionAsync(EndSessionQuestion question, CancellationToken cancel) => ValueTask.CompletedTask;
}
