using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using KioskLink.Protos.Register.V1;
using KioskLink.Sip2;
using KioskLink.Sip2.Circulation;

namespace KioskLink.Circulation.Answers;

/// <summary>09 and 10, and CheckIn. Pure.</summary>
internal static class CheckinMessage
{
    /// <summary>The call for a return.</summary>
    public static CheckInRequest Ask(CheckinQuestion question, string login, string id)
    {
        var act = LoanWords.ActOf(question, login, id, question.NoBlock);
        // A return has a time of its own: when the item came back, not when the machine told of it.
        if (question is { NoBlock: true, ReturnedAt: { } returned })
            act.HappenedTime = Timestamp.FromDateTimeOffset(returned);
        return new() { Act = act, ItemId = question.Item, Cancels = question.Cancels };
    }

    /// <summary>What became of it.</summary>
    public static ReturnAnswer Answer(CheckInResponse response) => new()
    {
        Done = response.Outcome?.Done == true,
        Title = response.Item?.Title,
        PermanentLocation = response.Item?.HomeBranch ?? "",
        Resensitize = response.Outcome?.Done == true,
        Magnetic = LoanWords.MagneticOf(response.Item),
        Alert = AlertOf(response.Alert),
        Destination = Told(response.Destination),
        CallNumber = Told(response.Item?.CallNumber),
        Collection = Told(response.Item?.Collection),
        Media = LoanWords.MediaOf(response.Item),
        ItemProperties = LoanWords.PropertiesOf(response.Item),
        ScreenMessages = LoanWords.TextOf(response.Outcome?.Message),
    };

    private static AlertType? AlertOf(string alert) =>
        alert.Length == 0 ? null
        : int.TryParse(alert, NumberStyles.None, CultureInfo.InvariantCulture, out var code) && System.Enum.IsDefined((AlertType)code) ? (AlertType)code : AlertType.Other;

    private static string? Told(string? value) => string.IsNullOrEmpty(value) ? null : value;
}
