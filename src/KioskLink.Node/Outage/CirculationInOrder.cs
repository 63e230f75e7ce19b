using KioskLink.Sip2.Circulation;
using KioskLink.Sip2.Server;

namespace KioskLink.Node.Outage;

/// <summary>
/// Keeps the order of what happens to an item: while acts on it wait for the register, the next one waits for them, and after a moment is
/// kept behind them. Everything else goes straight to the register's side. Thread-safe.
/// </summary>
/// <param name="online">Asks the register.</param>
/// <param name="kept">Keeps acts for it.</param>
/// <param name="acts">What is kept.</param>
/// <param name="time">Where time comes from.</param>
internal sealed class CirculationInOrder(ICirculation online, ICirculation kept, ActBook acts, TimeProvider time) : ICirculation
{
    /// <summary>How long a machine waits for what happened to its item before.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public ValueTask<DeviceProfile?> LogInAsync(LoginQuestion question, CancellationToken cancel) => online.LogInAsync(question, cancel);

    /// <inheritdoc/>
    public ValueTask<ServiceAnswer> ServiceAsync(ServiceQuestion question, CancellationToken cancel) => online.ServiceAsync(question, cancel);

    /// <inheritdoc/>
    public ValueTask<PatronAnswer> PatronAsync(PatronQuestion question, CancellationToken cancel) => online.PatronAsync(question, cancel);

    /// <inheritdoc/>
    public ValueTask<PatronAnswer> BlockAsync(BlockQuestion question, CancellationToken cancel) => online.BlockAsync(question, cancel);

    /// <inheritdoc/>
    public async ValueTask<LoanAnswer> CheckOutAsync(CheckoutQuestion question, CancellationToken cancel) =>
        await (await SideOfAsync(question.Item, cancel)).CheckOutAsync(question, cancel);

    /// <inheritdoc/>
    public async ValueTask<ReturnAnswer> CheckInAsync(CheckinQuestion question, CancellationToken cancel) =>
        await (await SideOfAsync(question.Item, cancel)).CheckInAsync(question, cancel);

    /// <inheritdoc/>
    public async ValueTask<LoanAnswer> RenewAsync(RenewQuestion question, CancellationToken cancel) =>
        await (await SideOfAsync(question.Item ?? "", cancel)).RenewAsync(question, cancel);

    /// <inheritdoc/>
    public ValueTask<RenewAllAnswer> RenewAllAsync(RenewAllQuestion question, CancellationToken cancel) => online.RenewAllAsync(question, cancel);

    /// <inheritdoc/>
    public ValueTask<HoldAnswer> HoldAsync(HoldQuestion question, CancellationToken cancel) => online.HoldAsync(question, cancel);

    /// <inheritdoc/>
    public ValueTask<FeeAnswer> PayAsync(FeeQuestion question, CancellationToken cancel) => online.PayAsync(question, cancel);

    /// <inheritdoc/>
    public ValueTask<ItemAnswer> ItemAsync(ItemQuestion question, CancellationToken cancel) => online.ItemAsync(question, cancel);

    /// <inheritdoc/>
    public ValueTask<ItemUpdateAnswer> UpdateItemAsync(ItemUpdateQuestion question, CancellationToken cancel) => online.UpdateItemAsync(question, cancel);

    /// <inheritdoc/>
    public ValueTask EndSessionAsync(EndSessionQuestion question, CancellationToken cancel) => online.EndSessionAsync(question, cancel);

    private async Task<ICirculation> SideOfAsync(string item, CancellationToken cancel) =>
        item.Length == 0 || await acts.WhenClearAsync(LoanAct.SubjectOf(item, ""), Patience, time, cancel) ? online : kept;
}
