using KioskLink.Sip2.Server;

namespace KioskLink.Sip2.Circulation;

/// <summary>
/// Answers what machines ask: a library system, a replica of one, or a fake. A session asks one question at a time; a thousand sessions ask at once, so
/// every member is thread-safe. When the token is cancelled the answer is wanted at once: what was begun is finished or undone, then the member returns or
/// throws <see cref="OperationCanceledException"/>. Whatever is thrown, the machine is told that it is not possible now, and the listener reports it.
/// </summary>
public interface ICirculation
{
    /// <summary>The profile of a machine; null where user or password is wrong. Wrong ones are counted here.</summary>
    ValueTask<DeviceProfile?> LogInAsync(LoginQuestion question, CancellationToken cancel);

    /// <summary>99: what can be done now.</summary>
    ValueTask<ServiceAnswer> ServiceAsync(ServiceQuestion question, CancellationToken cancel);

    /// <summary>23, 63 and 25: a patron. 25 changes nothing.</summary>
    ValueTask<PatronAnswer> PatronAsync(PatronQuestion question, CancellationToken cancel);

    /// <summary>01: a card shall be blocked.</summary>
    ValueTask<PatronAnswer> BlockAsync(BlockQuestion question, CancellationToken cancel);

    /// <summary>11: a loan.</summary>
    ValueTask<LoanAnswer> CheckOutAsync(CheckoutQuestion question, CancellationToken cancel);

    /// <summary>09: a return.</summary>
    ValueTask<ReturnAnswer> CheckInAsync(CheckinQuestion question, CancellationToken cancel);

    /// <summary>29: a renewal.</summary>
    ValueTask<LoanAnswer> RenewAsync(RenewQuestion question, CancellationToken cancel);

    /// <summary>65: all renewals.</summary>
    ValueTask<RenewAllAnswer> RenewAllAsync(RenewAllQuestion question, CancellationToken cancel);

    /// <summary>15: a hold.</summary>
    ValueTask<HoldAnswer> HoldAsync(HoldQuestion question, CancellationToken cancel);

    /// <summary>37: a payment.</summary>
    ValueTask<FeeAnswer> PayAsync(FeeQuestion question, CancellationToken cancel);

    /// <summary>17: an item.</summary>
    ValueTask<ItemAnswer> ItemAsync(ItemQuestion question, CancellationToken cancel);

    /// <summary>19: an item's properties.</summary>
    ValueTask<ItemUpdateAnswer> UpdateItemAsync(ItemUpdateQuestion question, CancellationToken cancel);

    /// <summary>35: the end of a patron's session. A courtesy; nothing may depend on it.</summary>
    ValueTask EndSessionAsync(EndSessionQuestion question, CancellationToken cancel);
}
