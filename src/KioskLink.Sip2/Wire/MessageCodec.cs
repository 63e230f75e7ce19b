namespace KioskLink.Sip2.Wire;

/// <summary>From frames to messages. Never throws on what a wire brings. Writing is <see cref="MessageWriter"/>.</summary>
internal static class MessageCodec
{
    /// <summary>Reads a machine's message; null where SIP2 has no such command.</summary>
    public static Request? ReadRequest(in Frame frame, TextEncoding encoding)
    {
        var from = new MessageReader(frame.Body, encoding);
        return frame.Code switch
        {
            MessageCode.Login => LoginRequest.Read(ref from),
            MessageCode.ScStatus => ScStatusRequest.Read(ref from),
            MessageCode.ResendResponse => ResendResponseRequest.Read(ref from),
            MessageCode.PatronStatus => PatronStatusRequest.Read(ref from),
            MessageCode.PatronInformation => PatronInformationRequest.Read(ref from),
            MessageCode.Checkout => CheckoutRequest.Read(ref from),
            MessageCode.Checkin => CheckinRequest.Read(ref from),
            MessageCode.ItemInformation => ItemInformationRequest.Read(ref from),
            MessageCode.ItemStatusUpdate => ItemStatusUpdateRequest.Read(ref from),
            MessageCode.Renew => RenewRequest.Read(ref from),
            MessageCode.RenewAll => RenewAllRequest.Read(ref from),
            MessageCode.Hold => HoldRequest.Read(ref from),
            MessageCode.EndSession => EndSessionRequest.Read(ref from),
            MessageCode.FeePaid => FeePaidRequest.Read(ref from),
            MessageCode.PatronEnable => PatronEnableRequest.Read(ref from),
            MessageCode.BlockPatron => BlockPatronRequest.Read(ref from),
            _ => null,
        };
    }

    /// <summary>Reads a library system's message; null where SIP2 has no such answer.</summary>
    public static Response? ReadResponse(in Frame frame, TextEncoding encoding)
    {
        var from = new MessageReader(frame.Body, encoding);
        return frame.Code switch
        {
            MessageCode.LoginResponse => LoginResponse.Read(ref from),
            MessageCode.AcsStatus => AcsStatusResponse.Read(ref from),
            MessageCode.ResendRequest => ResendRequestResponse.Read(ref from),
            MessageCode.PatronStatusResponse => PatronStatusResponse.Read(ref from),
            MessageCode.PatronInformationResponse => PatronInformationResponse.Read(ref from),
            MessageCode.CheckoutResponse => CheckoutResponse.Read(ref from),
            MessageCode.CheckinResponse => CheckinResponse.Read(ref from),
            MessageCode.ItemInformationResponse => ItemInformationResponse.Read(ref from),
            MessageCode.ItemStatusUpdateResponse => ItemStatusUpdateResponse.Read(ref from),
            MessageCode.RenewResponse => RenewResponse.Read(ref from),
            MessageCode.RenewAllResponse => RenewAllResponse.Read(ref from),
            MessageCode.HoldResponse => HoldResponse.Read(ref from),
            MessageCode.EndSessionResponse => EndSessionResponse.Read(ref from),
            MessageCode.FeePaidResponse => FeePaidResponse.Read(ref from),
            MessageCode.PatronEnableResponse => PatronEnableResponse.Read(ref from),
            _ => null,
        };
    }
}
