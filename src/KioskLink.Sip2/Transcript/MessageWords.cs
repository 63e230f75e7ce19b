namespace KioskLink.Sip2.Transcript;

/// <summary>The messages' names in words.</summary>
internal static class MessageWords
{
    public static string Of(MessageCode code) => code switch
    {
        MessageCode.BlockPatron => "block the patron",
        MessageCode.Checkin => "return",
        MessageCode.CheckinResponse => "answer to the return",
        MessageCode.Checkout => "loan",
        MessageCode.CheckoutResponse => "answer to the loan",
        MessageCode.Hold => "hold",
        MessageCode.HoldResponse => "answer to the hold",
        MessageCode.ItemInformation => "what is known of the item",
        MessageCode.ItemInformationResponse => "answer about the item",
        MessageCode.ItemStatusUpdate => "new properties of the item",
        MessageCode.ItemStatusUpdateResponse => "answer to the new properties",
        MessageCode.PatronStatus => "may the patron borrow",
        MessageCode.PatronStatusResponse => "answer about the patron",
        MessageCode.PatronEnable => "let the patron borrow again",
        MessageCode.PatronEnableResponse => "answer about the patron",
        MessageCode.Renew => "renewal",
        MessageCode.RenewResponse => "answer to the renewal",
        MessageCode.EndSession => "end of the patron's session",
        MessageCode.EndSessionResponse => "answer to the end",
        MessageCode.FeePaid => "payment",
        MessageCode.FeePaidResponse => "answer to the payment",
        MessageCode.PatronInformation => "patron information",
        MessageCode.PatronInformationResponse => "answer about the patron",
        MessageCode.RenewAll => "renewal of all loans",
        MessageCode.RenewAllResponse => "answer to the renewal of all",
        MessageCode.Login => "login",
        MessageCode.LoginResponse => "answer to the login",
        MessageCode.ResendRequest => "say it again",
        MessageCode.ResendResponse => "answer again",
        MessageCode.AcsStatus => "status of the library system",
        MessageCode.ScStatus => "status of the machine",
        _ => "unknown message",
    };
}
