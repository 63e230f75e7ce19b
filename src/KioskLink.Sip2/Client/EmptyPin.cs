namespace KioskLink.Sip2.Client;

/// <summary>Requests with an empty PIN: some library systems answer them with "valid". They are never sent.</summary>
internal static class EmptyPin
{
    public static bool In(Request request) => request switch
    {
        PatronInformationRequest { Pin.IsEmpty: true } or PatronStatusRequest { Pin.IsEmpty: true } or CheckoutRequest { Pin.IsEmpty: true } => true,
        RenewRequest { Pin.IsEmpty: true } or RenewAllRequest { Pin.IsEmpty: true } or HoldRequest { Pin.IsEmpty: true } or FeePaidRequest { Pin.IsEmpty: true } => true,
        EndSessionRequest { Pin.IsEmpty: true } or PatronEnableRequest { Pin.IsEmpty: true } => true,
        _ => false,
    };
}
