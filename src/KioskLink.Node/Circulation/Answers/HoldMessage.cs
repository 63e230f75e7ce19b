using KioskLink.Protos.Register.V1;
using KioskLink.Sip2;
using KioskLink.Sip2.Circulation;

namespace KioskLink.Circulation.Answers;

/// <summary>15 and 16, and PlaceHold. Pure.</summary>
internal static class HoldMessage
{
    /// <summary>The call for a hold.</summary>
    public static PlaceHoldRequest Ask(HoldQuestion question, string login, string id, Borrower borrower) => new()
    {
        Act = LoanWords.ActOf(question, login, id, feeAcknowledged: question.FeeAcknowledged),
        Borrower = borrower,
        Action = ActionOf(question.Mode),
        ItemId = question.Item ?? "",
        TitleId = question.Title ?? "",
        PickUpBranch = question.PickupLocation?.Trim() ?? "",
        ExpiresOn = LoanWords.DayOf(question.ExpiresAt),
        ThisCopyOnly = question.Type == HoldType.SpecificCopy,
    };

    /// <summary>What became of it.</summary>
    public static HoldAnswer Answer(PlaceHoldResponse response) => new()
    {
        Done = response.Outcome?.Done == true,
        Available = response.Available,
        ExpiresAt = LoanWords.EndOf(response.ExpiresOn),
        QueuePosition = response.QueuePosition > 0 ? response.QueuePosition : null,
        PickupLocation = response.PickUpBranch.Length > 0 ? response.PickUpBranch : null,
        Title = response.Title.Length > 0 ? response.Title : null,
        ScreenMessages = LoanWords.TextOf(response.Outcome?.Message),
    };

    private static HoldAction ActionOf(HoldMode mode) => mode switch
    {
        HoldMode.Add => HoldAction.Place,
        HoldMode.Cancel => HoldAction.Cancel,
        HoldMode.Change => HoldAction.Change,
        _ => HoldAction.Unspecified,
    };
}
