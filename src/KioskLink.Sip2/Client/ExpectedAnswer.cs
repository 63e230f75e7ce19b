namespace KioskLink.Sip2.Client;

/// <summary>Which answer belongs to a request, and what may be asked twice.</summary>
internal static class ExpectedAnswer
{
    public static MessageCode To(MessageCode request) => request switch
    {
        MessageCode.Login => MessageCode.LoginResponse,
        MessageCode.ScStatus => MessageCode.AcsStatus,
        MessageCode.BlockPatron => MessageCode.PatronStatusResponse,
        _ => request + 1,
    };

    /// <summary>Whether a request changes nothing that a second one would change again.</summary>
    public static bool MayBeAskedTwice(MessageCode request) => request is not (
        MessageCode.Checkout or MessageCode.Checkin or MessageCode.FeePaid or MessageCode.Renew or MessageCode.RenewAll or MessageCode.Hold or MessageCode.BlockPatron);
}
