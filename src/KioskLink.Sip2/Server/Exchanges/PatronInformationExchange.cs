using KioskLink.Sip2.Circulation;

namespace KioskLink.Sip2.Server.Exchanges;

/// <summary>63 and 64.</summary>
internal sealed class PatronInformationExchange : Exchange<PatronInformationRequest, PatronAnswer>
{
    protected override ValueTask<PatronAnswer> AskAsync(PatronInformationRequest request, ExchangeContext context, ICirculation circulation, CancellationToken cancel) =>
        circulation.PatronAsync(
            new()
            {
                Asker = context.Asker,
                DeviceTime = context.Instant(request.At),
                Card = request.Patron.Trim(),
                Pin = context.Claim(request.Pin),
                List = request.Summary is > PatronList.None and <= PatronList.UnavailableHolds ? request.Summary : PatronList.None,
                FirstItem = Math.Max(1, request.StartItem ?? 1),
                LastItem = request.EndItem is > 0 and var end ? end : null,
            },
            cancel);

    protected override PatronAnswer Refused(string text) => PatronAnswer.Refused(text);

    protected override Response Reply(PatronInformationRequest request, ExchangeContext context, PatronAnswer answer)
    {
        var reply = new PatronInformationResponse
        {
            Status = PatronReply.Flags(answer, context.Profile),
            Language = request.Language,
            At = context.At,
            Institution = context.Asker.Institution,
            Patron = request.Patron,
            Name = PatronReply.ShowsName(answer, context.Profile, request.Pin) ? answer.Name : "",
            ValidPatron = PatronReply.IsValid(answer, context.Profile),
            ValidPin = PatronReply.PinIsRight(answer, request.Pin),
            Extra = VendorFields(answer, context.Profile),
            ScreenMessages = answer.ScreenMessages,
            PrintLines = answer.PrintLines,
        };
        if (answer.Standing == PatronStanding.Unknown || context.Profile.Role != DeviceRole.SelfCheck)
            return Zeroed(reply);
        return PatronReply.ShowsLoans(answer, context.Profile, request.Pin) ? Counted(Detailed(reply, request.Summary, answer), answer, context.Profile) : reply;
    }

    // A machine that lends nothing, or asks for nobody, reads zeros; one that lends and has no right PIN reads blanks: not available.
    private static PatronInformationResponse Zeroed(PatronInformationResponse reply) =>
        reply with { HoldCount = 0, OverdueCount = 0, ChargedCount = 0, FineCount = 0, RecallCount = 0, UnavailableHoldCount = 0 };

    private static PatronInformationResponse Counted(PatronInformationResponse reply, PatronAnswer answer, DeviceProfile profile) =>
        reply with
        {
            HoldCount = profile.HoldCounting == HoldCounting.All ? answer.AvailableHolds + answer.UnavailableHolds : answer.AvailableHolds,
            OverdueCount = answer.Overdue,
            ChargedCount = answer.Charged,
            FineCount = answer.Fines,
            RecallCount = answer.Recalls,
            UnavailableHoldCount = answer.UnavailableHolds,
            HoldLimit = answer.HoldLimit,
            OverdueLimit = answer.OverdueLimit,
            ChargedLimit = answer.ChargedLimit,
            Currency = answer.FeeAmount is null && answer.FeeLimit is null ? null : answer.Currency,
            FeeAmount = answer.FeeAmount,
            FeeLimit = answer.FeeLimit,
        };

    private static PatronInformationResponse Detailed(PatronInformationResponse reply, PatronList list, PatronAnswer answer)
    {
        reply = reply with { Address = answer.Address, Email = answer.Email, Phone = answer.Phone };
        return list switch
        {
            PatronList.Holds => reply with { Holds = answer.List },
            PatronList.Overdue => reply with { Overdue = answer.List },
            PatronList.Charged => reply with { Charged = answer.List },
            PatronList.Fines => reply with { Fines = answer.List },
            PatronList.Recalls => reply with { Recalls = answer.List },
            PatronList.UnavailableHolds => reply with { UnavailableHolds = answer.List },
            _ => reply,
        };
    }

    private static List<ExtraField> VendorFields(PatronAnswer answer, DeviceProfile profile)
    {
        if (profile.PatronFields.Count == 0 || answer.Standing == PatronStanding.Unknown)
            return [];
        var fields = new List<ExtraField>(profile.PatronFields.Count);
        foreach (var field in profile.PatronFields)
        {
            if (answer.Attributes.TryGetValue(field.Attribute, out var value))
                fields.Add(new(field.Id, value));
        }
        return fields;
    }
}
