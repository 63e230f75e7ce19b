using KioskLink.Node.Hosting;
using KioskLink.Sip2;
using KioskLink.Sip2.Circulation;
using KioskLink.Sip2.Server;

namespace KioskLink.Node.Outage;

/// <summary>
/// Answers machines while the register cannot be asked: patrons from the node's copy and marked so, loans and returns by the branch's
/// policy, each on the disk before the machine hears of it. What the node cannot know it does not say. Thread-safe.
/// </summary>
/// <param name="parts">The node's parts.</param>
/// <param name="idOf">The id of an act: what was asked of the register in vain before it came here keeps its id.</param>
/// <param name="withoutLogin">The machine that is meant where none has logged in; null where none is.</param>
internal sealed class OutageCirculation(NodeParts parts, Func<Question, string> idOf, string? withoutLogin = null) : ICirculation
{
    private readonly OutagePatrons _patrons = new(parts, withoutLogin);
    private readonly OutageLoans _loans = new(parts, idOf, withoutLogin);

    /// <summary>Nobody: who may log in is known without the register, and is not asked here.</summary>
    public ValueTask<DeviceProfile?> LogInAsync(LoginQuestion question, CancellationToken cancel) => ValueTask.FromResult<DeviceProfile?>(null);

    /// <inheritdoc/>
    public ValueTask<ServiceAnswer> ServiceAsync(ServiceQuestion question, CancellationToken cancel)
    {
        var (lends, takesBack, hasRoom) = (_loans.Lends, _loans.TakesBack, _loans.HasRoom);
        return ValueTask.FromResult(new ServiceAnswer
        {
            OnLine = true,
            CheckoutOk = lends && hasRoom,
            CheckinOk = takesBack && hasRoom,
            OffLineOk = hasRoom,
            Supported = SupportedMessages.PatronStatus | SupportedMessages.PatronInformation
                | (lends ? SupportedMessages.Checkout : SupportedMessages.None) | (takesBack ? SupportedMessages.Checkin : SupportedMessages.None),
            ScreenMessages = [Texts(question).Down],
        });
    }

    /// <inheritdoc/>
    public async ValueTask<PatronAnswer> PatronAsync(PatronQuestion question, CancellationToken cancel) => await _patrons.AnswerAsync(question);

    /// <inheritdoc/>
    public ValueTask<PatronAnswer> BlockAsync(BlockQuestion question, CancellationToken cancel) => ValueTask.FromResult(PatronAnswer.Refused(Texts(question).NotNow));

    /// <inheritdoc/>
    public async ValueTask<LoanAnswer> CheckOutAsync(CheckoutQuestion question, CancellationToken cancel) => await _loans.LendAsync(question);

    /// <inheritdoc/>
    public async ValueTask<ReturnAnswer> CheckInAsync(CheckinQuestion question, CancellationToken cancel) => await _loans.TakeBackAsync(question);

    /// <inheritdoc/>
    public ValueTask<LoanAnswer> RenewAsync(RenewQuestion question, CancellationToken cancel) => ValueTask.FromResult(LoanAnswer.Refused(Texts(question).NotNow));

    /// <inheritdoc/>
    public ValueTask<RenewAllAnswer> RenewAllAsync(RenewAllQuestion question, CancellationToken cancel) => ValueTask.FromResult(RenewAllAnswer.Refused(Texts(question).NotNow));

    /// <inheritdoc/>
    public ValueTask<HoldAnswer> HoldAsync(HoldQuestion question, CancellationToken cancel) => ValueTask.FromResult(HoldAnswer.Refused(Texts(question).NotNow));

    /// <inheritdoc/>
    public ValueTask<FeeAnswer> PayAsync(FeeQuestion question, CancellationToken cancel) => ValueTask.FromResult(FeeAnswer.Refused(Texts(question).NotNow));

    /// <inheritdoc/>
    public ValueTask<ItemAnswer> ItemAsync(ItemQuestion question, CancellationToken cancel) => ValueTask.FromResult(ItemAnswer.Refused(Texts(question).NotNow));

    /// <inheritdoc/>
    public ValueTask<ItemUpdateAnswer> UpdateItemAsync(ItemUpdateQuestion question, CancellationToken cancel) => ValueTask.FromResult(ItemUpdateAnswer.Refused(Texts(question).NotNow));

    /// <inheritdoc/>
    public ValueTask EndSessionAsync(EndSessionQuestion question, CancellationToken cancel) => ValueTask.CompletedTask;

    private static OutageTexts Texts(Question question) => OutageTexts.In(question.Asker.Language);
}
