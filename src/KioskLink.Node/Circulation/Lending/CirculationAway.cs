using KioskLink.Sip2.Circulation;
using KioskLink.Sip2.Server;

namespace KioskLink.Circulation.Lending;

/// <summary>Answers while nobody can be asked and nothing is kept for later: says that it is not possible now, and does nothing. Thread-safe.</summary>
internal sealed class CirculationAway : ICirculation
{
    /// <inheritdoc/>
    public ValueTask<DeviceProfile?> LogInAsync(LoginQuestion question, CancellationToken cancel) => new((DeviceProfile?)null);

    /// <inheritdoc/>
    public ValueTask<ServiceAnswer> ServiceAsync(ServiceQuestion question, CancellationToken cancel) => new(ServiceAnswer.Refused(Text(question)));

    /// <inheritdoc/>
    public ValueTask<PatronAnswer> PatronAsync(PatronQuestion question, CancellationToken cancel) => new(PatronAnswer.Refused(Text(question)));

    /// <inheritdoc/>
    public ValueTask<PatronAnswer> BlockAsync(BlockQuestion question, CancellationToken cancel) => new(PatronAnswer.Refused(Text(question)));

    /// <inheritdoc/>
    public ValueTask<LoanAnswer> CheckOutAsync(CheckoutQuestion question, CancellationToken cancel) => new(LoanAnswer.Refused(Text(question)));

    /// <inheritdoc/>
    public ValueTask<ReturnAnswer> CheckInAsync(CheckinQuestion question, CancellationToken cancel) => new(ReturnAnswer.Refused(Text(question)));

    /// <inheritdoc/>
    public ValueTask<LoanAnswer> RenewAsync(RenewQuestion question, CancellationToken cancel) => new(LoanAnswer.Refused(Text(question)));

    /// <inheritdoc/>
    public ValueTask<RenewAllAnswer> RenewAllAsync(RenewAllQuestion question, CancellationToken cancel) => new(RenewAllAnswer.Refused(Text(question)));

    /// <inheritdoc/>
    public ValueTask<HoldAnswer> HoldAsync(HoldQuestion question, CancellationToken cancel) => new(HoldAnswer.Refused(Text(question)));

    /// <inheritdoc/>
    public ValueTask<FeeAnswer> PayAsync(FeeQuestion question, CancellationToken cancel) => new(FeeAnswer.Refused(Text(question)));

    /// <inheritdoc/>
    public ValueTask<ItemAnswer> ItemAsync(ItemQuestion question, CancellationToken cancel) => new(ItemAnswer.Refused(Text(question)));

    /// <inheritdoc/>
    public ValueTask<ItemUpdateAnswer> UpdateItemAsync(ItemUpdateQuestion question, CancellationToken cancel) => new(ItemUpdateAnswer.Refused(Text(question)));

    /// <inheritdoc/>
    public ValueTask EndSessionAsync(EndSessionQuestion question, CancellationToken cancel) => ValueTask.CompletedTask;

    private static string Text(Question question) => CirculationTexts.NotNow(question.Asker.Language);
}
