namespace KioskLink.Sip2.Transcript;

/// <summary>What stands in the fixed part of each message (SIP2 2.00), and how wide it is.</summary>
internal static class FixedWords
{
    private sealed record Part(string Name, int Width, Func<string, string> Meaning);

    private static readonly Part At = Time("time"), Ok = OneZero("done"), Speech = new("language", 3, Meanings.Named<Language>), State = new("standing", 14, Meanings.Flags);
    private static readonly Part NoBlock = YesNo("done already"), Magnetic = YesNo("magnetic"), Renewed = YesNo("renewed"), Desensitize = YesNo("security off");

    private static readonly Dictionary<MessageCode, Part[]> Parts = new()
    {
        [MessageCode.BlockPatron] = [YesNo("card kept"), At],
        [MessageCode.Checkin] = [NoBlock, At, Time("returned at")],
        [MessageCode.CheckinResponse] = [Ok, YesNo("security on"), Magnetic, YesNo("alert"), At],
        [MessageCode.Checkout] = [YesNo("may renew"), NoBlock, At, Time("due when done already")],
        [MessageCode.CheckoutResponse] = [Ok, Renewed, Magnetic, Desensitize, At],
        [MessageCode.Hold] = [new("mode", 1, Meanings.HoldMode), At],
        [MessageCode.HoldResponse] = [Ok, YesNo("available"), At],
        [MessageCode.ItemInformation] = [At],
        [MessageCode.ItemInformationResponse] = [new("item is", 2, Meanings.Named<CirculationStatus>), new("security", 2, Meanings.Named<SecurityMarker>), new("fee type", 2, Meanings.Named<FeeType>), At],
        [MessageCode.ItemStatusUpdate] = [At],
        [MessageCode.ItemStatusUpdateResponse] = [Ok, At],
        [MessageCode.PatronStatus] = [Speech, At],
        [MessageCode.PatronStatusResponse] = [State, Speech, At],
        [MessageCode.PatronEnable] = [At],
        [MessageCode.PatronEnableResponse] = [State, Speech, At],
        [MessageCode.Renew] = [YesNo("third party"), NoBlock, At, Time("due when done already")],
        [MessageCode.RenewResponse] = [Ok, Renewed, Magnetic, Desensitize, At],
        [MessageCode.EndSession] = [At],
        [MessageCode.EndSessionResponse] = [YesNo("ended"), At],
        [MessageCode.FeePaid] = [At, new("fee type", 2, Meanings.Named<FeeType>), new("payment type", 2, Meanings.Named<PaymentType>), new("currency", 3, Meanings.Plain)],
        [MessageCode.FeePaidResponse] = [YesNo("accepted"), At],
        [MessageCode.PatronInformation] = [Speech, At, new("list", 10, Meanings.Summary)],
        [MessageCode.PatronInformationResponse] = [State, Speech, At, Count("holds"), Count("overdue"), Count("on loan"), Count("fines"), Count("recalls"), Count("holds not there")],
        [MessageCode.RenewAll] = [At],
        [MessageCode.RenewAllResponse] = [Ok, Count("renewed"), Count("not renewed"), At],
        [MessageCode.Login] = [new("user encryption", 1, Meanings.Plain), new("password encryption", 1, Meanings.Plain)],
        [MessageCode.LoginResponse] = [Ok],
        [MessageCode.AcsStatus] =
        [
            YesNo("online"), YesNo("returns"), YesNo("loans"), YesNo("renewals"), YesNo("blocks patrons"), YesNo("takes offline work"),
            new("time-out", 3, Meanings.Tenths), new("tries", 3, Meanings.Tries), Time("clock"), new("version", 4, Meanings.Plain),
        ],
        [MessageCode.ScStatus] = [new("condition", 1, Meanings.Named<ScCondition>), new("print width", 3, Meanings.Count), new("version", 4, Meanings.Plain)],
    };

    /// <summary>How wide the fixed part is, in characters.</summary>
    public static int LengthOf(MessageCode code) => Parts.GetValueOrDefault(code, []).Sum(part => part.Width);

    /// <summary>The fixed part in words; what is missing at its end is left out.</summary>
    public static IEnumerable<ExplainedField> Explain(MessageCode code, string text)
    {
        var start = 0;
        foreach (var part in Parts.GetValueOrDefault(code, []))
        {
            if (start >= text.Length)
                yield break;
            var value = text[start..Math.Min(start + part.Width, text.Length)];
            start += part.Width;
            yield return new("", part.Name, value, part.Meaning(value));
        }
    }

    private static Part YesNo(string name) => new(name, 1, Meanings.YesNo);

    private static Part OneZero(string name) => new(name, 1, Meanings.OneZero);

    private static Part Time(string name) => new(name, WireTime.Length, Meanings.Time);

    private static Part Count(string name) => new(name, 4, Meanings.Count);
}
