using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;
using KioskLink.Sip2;
using KioskLink.Sip2.Circulation;
using DeviceRole = KioskLink.Sip2.Circulation.DeviceRole;

namespace KioskLink.Circulation.Answers;

/// <summary>23, 63 and 25, 24, 64 and 26, and GetPatronInformation. Pure.</summary>
internal static class PatronInformationMessage
{
    /// <summary>The call for a patron.</summary>
    public static GetPatronInformationRequest Ask(PatronQuestion question, string login, string attemptId, Borrower borrower) => new()
    {
        Borrower = borrower,
        DeviceId = login,
        DeviceRole = LoanWords.RoleOf(question.Asker.Role),
        AttemptId = attemptId,
        List = ListOf(question.List),
        First = question.FirstItem,
        Last = question.LastItem ?? 0,
        Language = LoanWords.LanguageOf(question.Asker.Language),
    };

    /// <summary>
    /// The patron, as far as the machine may know: a gate or PC booking hears nothing of a card whose PIN was not right (R31), a checkout
    /// machine nothing of loans, holds and fees (R22).
    /// </summary>
    public static PatronAnswer Answer(GetPatronInformationResponse response, DeviceRole role)
    {
        var pin = VerdictOf(response.PinResult);
        var answer = new PatronAnswer { Pin = pin, Standing = StandingOf(response, pin, role), Flags = FlagsOf(response), ScreenMessages = LoanWords.TextOf(response.Message) };
        if (role != DeviceRole.SelfCheck || !response.Known)
            return answer;
        answer = answer with { Name = response.PersonName, Attributes = AttributesOf(response) };
        return pin == PinVerdict.Right ? WithLoans(answer, response) : answer;
    }

    private static PatronStanding StandingOf(GetPatronInformationResponse response, PinVerdict pin, DeviceRole role)
    {
        if (!response.Known || (role != DeviceRole.SelfCheck && pin != PinVerdict.Right))
            return PatronStanding.Unknown;
        return response.CardCode is DecisionCode.Granted or DecisionCode.StaffedOpen ? PatronStanding.Good : PatronStanding.Refused;
    }

    private static PatronAnswer WithLoans(PatronAnswer answer, GetPatronInformationResponse response) => answer with
    {
        AvailableHolds = response.HoldsReady,
        UnavailableHolds = response.HoldsWaiting,
        Overdue = response.Overdue,
        Charged = response.Loans,
        Fines = response.Fees,
        Recalls = response.Recalls,
        HoldLimit = LimitOf(response.HoldLimit),
        OverdueLimit = LimitOf(response.OverdueLimit),
        ChargedLimit = LimitOf(response.LoanLimit),
        FeeAmount = LoanWords.MoneyOf(response.FeesCents),
        FeeLimit = LoanWords.MoneyOf(response.FeeLimitCents),
        Currency = LoanWords.Currency,
        List = [.. response.Entries],
    };

    private static PatronFlags FlagsOf(GetPatronInformationResponse response)
    {
        var flags = PatronFlags.None;
        if (response.CardCode == DecisionCode.CardLost)
            flags |= PatronFlags.CardLost;
        if (response.BorrowReason is not (LoanReason.Done or LoanReason.Unspecified))
            flags |= PatronFlags.ChargeDenied | FlagOf(response.BorrowReason);
        if (response.RenewalDenied)
            flags |= PatronFlags.RenewalDenied;
        if (response.HoldDenied)
            flags |= PatronFlags.HoldDenied | PatronFlags.RecallDenied;
        return flags;
    }

    private static PatronFlags FlagOf(LoanReason reason) => reason switch
    {
        LoanReason.LoanLimit => PatronFlags.TooManyCharged,
        LoanReason.OverdueLimit => PatronFlags.TooManyOverdue,
        LoanReason.FeesOverLimit => PatronFlags.ExcessiveFees,
        _ => PatronFlags.None,
    };

    private static Dictionary<PatronAttribute, string> AttributesOf(GetPatronInformationResponse response)
    {
        var attributes = new Dictionary<PatronAttribute, string>();
        if (response.Group.Length > 0)
            attributes[PatronAttribute.Category] = response.Group;
        if (response.HomeBranch.Length > 0)
            attributes[PatronAttribute.HomeLibrary] = response.HomeBranch;
        return attributes;
    }

    private static PinVerdict VerdictOf(PinResult result) => result switch
    {
        PinResult.Right => PinVerdict.Right,
        PinResult.Wrong => PinVerdict.Wrong,
        PinResult.Locked => PinVerdict.Locked,
        _ => PinVerdict.NotChecked,
    };

    private static PatronListKind ListOf(PatronList list) => list switch
    {
        PatronList.Holds => PatronListKind.HoldsReady,
        PatronList.Overdue => PatronListKind.Overdue,
        PatronList.Charged => PatronListKind.Loans,
        PatronList.Fines => PatronListKind.Fees,
        PatronList.Recalls => PatronListKind.Recalls,
        PatronList.UnavailableHolds => PatronListKind.HoldsWaiting,
        _ => PatronListKind.Unspecified,
    };

    private static int? LimitOf(int limit) => limit > 0 ? limit : null;
}
