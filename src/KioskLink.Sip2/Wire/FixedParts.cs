namespace KioskLink.Sip2.Wire;

/// <summary>How long the fixed part of each message is, for those who look at a message without reading it.</summary>
internal static class FixedParts
{
    /// <summary>Parts a message's body into its fixed part, what somebody writes too much, and its fields.</summary>
    public static void Split(in Frame frame, out ReadOnlySpan<byte> fixedPart, out ReadOnlySpan<byte> junk, out ReadOnlySpan<byte> fields)
    {
        var body = frame.Body;
        var length = LengthOf(frame.Code);
        // Where a time is left out, or the fixed part is too short, fields begin before its end.
        var isShort = body.Length < length || body[..length].Contains(FieldSyntax.Delimiter);
        fields = FieldSyntax.FromFirstField(isShort ? body : body[length..]);
        var before = body[..^fields.Length];
        fixedPart = before[..Math.Min(length, before.Length)];
        junk = before[fixedPart.Length..];
    }

    private static int LengthOf(MessageCode code) => code switch
    {
        MessageCode.LoginResponse => 1,
        MessageCode.Login => 2,
        MessageCode.ScStatus => 8,
        MessageCode.ItemInformation or MessageCode.ItemStatusUpdate or MessageCode.RenewAll or MessageCode.EndSession or MessageCode.PatronEnable => 18,
        MessageCode.BlockPatron or MessageCode.Hold or MessageCode.ItemStatusUpdateResponse => 19,
        MessageCode.EndSessionResponse or MessageCode.FeePaidResponse => 19,
        MessageCode.HoldResponse => 20,
        MessageCode.PatronStatus => 21,
        MessageCode.CheckoutResponse or MessageCode.RenewResponse or MessageCode.CheckinResponse => 22,
        MessageCode.ItemInformationResponse => 24,
        MessageCode.FeePaid => 25,
        MessageCode.RenewAllResponse => 27,
        MessageCode.PatronInformation => 31,
        MessageCode.AcsStatus => 34,
        MessageCode.PatronStatusResponse or MessageCode.PatronEnableResponse => 35,
        MessageCode.Checkin => 37,
        MessageCode.Checkout or MessageCode.Renew => 38,
        MessageCode.PatronInformationResponse => 59,
        _ => 0,
    };
}
