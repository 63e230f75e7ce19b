namespace KioskLink.Sip2.Server.Exchanges;

/// <summary>The exchange of each request. 93 and 97 are the session's own.</summary>
internal static class ExchangeTable
{
    private static readonly PatronInformationExchange PatronInformation = new();
    private static readonly PatronStatusExchange PatronStatus = new();
    private static readonly PatronEnableExchange PatronEnable = new();
    private static readonly BlockPatronExchange BlockPatron = new();
    private static readonly CheckoutExchange Checkout = new();
    private static readonly CheckinExchange Checkin = new();
    private static readonly RenewExchange Renew = new();
    private static readonly RenewAllExchange RenewAll = new();
    private static readonly HoldExchange Hold = new();
    private static readonly FeePaidExchange FeePaid = new();
    private static readonly ItemInformationExchange ItemInformation = new();
    private static readonly ItemStatusUpdateExchange ItemStatusUpdate = new();
    private static readonly EndSessionExchange EndSession = new();
    private static readonly StatusExchange Status = new();

    public static Exchange Of(MessageCode code) => code switch
    {
        MessageCode.PatronInformation => PatronInformation,
        MessageCode.PatronStatus => PatronStatus,
        MessageCode.PatronEnable => PatronEnable,
        MessageCode.BlockPatron => BlockPatron,
        MessageCode.Checkout => Checkout,
        MessageCode.Checkin => Checkin,
        MessageCode.Renew => Renew,
        MessageCode.RenewAll => RenewAll,
        MessageCode.Hold => Hold,
        MessageCode.FeePaid => FeePaid,
        MessageCode.ItemInformation => ItemInformation,
        MessageCode.ItemStatusUpdate => ItemStatusUpdate,
        MessageCode.EndSession => EndSession,
        MessageCode.ScStatus => Status,
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, "The session answers this itself."),
    };
}
