using KioskLink.Protos.Register.V1;
using KioskLink.Sip2;
using KioskLink.Sip2.Circulation;

namespace KioskLink.Circulation.Answers;

/// <summary>17 and 18, 19 and 20, and GetItem. Pure.</summary>
internal static class ItemMessage
{
    /// <summary>The longest properties that are kept.</summary>
    public const int PropertiesMax = 255;

    /// <summary>The call for an item.</summary>
    public static GetItemRequest Ask(ItemQuestion question, string login) => new() { ItemId = question.Item, DeviceId = login };

    /// <summary>The call that writes an item's properties; null where they are too long to be kept whole.</summary>
    public static GetItemRequest? Ask(ItemUpdateQuestion question, string login) =>
        question.Properties.Length > PropertiesMax ? null : new() { ItemId = question.Item, DeviceId = login, Properties = question.Properties };

    /// <summary>The item.</summary>
    public static ItemAnswer Answer(GetItemResponse response) => response.Item is not { } item ? new() : new()
    {
        Status = StatusOf(item.Status),
        Title = item.Title,
        Due = LoanWords.EndOf(item.DueOn),
        HoldPickupUntil = LoanWords.EndOf(item.PickUpBy),
        HoldQueueLength = item.Holds,
        Owner = Told(item.Owner),
        Media = LoanWords.MediaOf(item),
        PermanentLocation = Told(item.HomeBranch),
        CurrentLocation = Told(item.BranchId),
        ItemProperties = LoanWords.PropertiesOf(item),
    };

    /// <summary>The item with its properties as they are now.</summary>
    public static ItemUpdateAnswer Updated(GetItemResponse response) =>
        new() { Done = response.Item is not null, Title = response.Item?.Title, Properties = LoanWords.PropertiesOf(response.Item) };

    private static CirculationStatus StatusOf(ItemStatus status) => status switch
    {
        ItemStatus.Available => CirculationStatus.Available,
        ItemStatus.OnLoan => CirculationStatus.Charged,
        ItemStatus.OnHoldShelf => CirculationStatus.OnHoldShelf,
        ItemStatus.InTransit => CirculationStatus.InTransit,
        ItemStatus.Missing => CirculationStatus.Missing,
        _ => CirculationStatus.Other,
    };

    private static string? Told(string value) => value.Length == 0 ? null : value;
}
