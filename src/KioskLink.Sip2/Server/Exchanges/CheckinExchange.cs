using System.Globalization;
using KioskLink.Sip2.Circulation;

namespace KioskLink.Sip2.Server.Exchanges;

/// <summary>09 and 10.</summary>
internal sealed class CheckinExchange : Exchange<CheckinRequest, ReturnAnswer>
{
    protected override ValueTask<ReturnAnswer> AskAsync(CheckinRequest request, ExchangeContext context, ICirculation circulation, CancellationToken cancel) =>
        circulation.CheckInAsync(
            new()
            {
                Asker = context.Asker,
                DeviceTime = context.Instant(request.At),
                Item = request.Item.Trim(),
                Location = request.Location.Trim(),
                ReturnedAt = context.Instant(request.ReturnedAt),
                NoBlock = request.NoBlock,
                Cancels = request.Cancels == true,
                ItemProperties = request.ItemProperties,
            },
            cancel);

    protected override ReturnAnswer Refused(string text) => ReturnAnswer.Refused(text);

    protected override Response Reply(CheckinRequest request, ExchangeContext context, ReturnAnswer answer) => new CheckinResponse
    {
        Ok = answer.Done,
        Resensitize = answer is { Done: true, Resensitize: true },
        MagneticMedia = answer.Magnetic,
        Alert = !answer.Done || (context.Profile.AlertOnReturn && answer.Alert is not (null or AlertType.None)),
        At = context.At,
        Institution = context.Asker.Institution,
        Item = request.Item,
        PermanentLocation = answer.PermanentLocation,
        Title = answer.Title,
        SortBin = answer.SortBin,
        Patron = answer.Card,
        Media = answer.Media,
        ItemProperties = answer.ItemProperties,
        Extra = SortingFields(answer),
        ScreenMessages = answer.ScreenMessages,
        PrintLines = answer.PrintLines,
    };

    // Sorting machines read these; others skip what they do not know.
    private static List<ExtraField> SortingFields(ReturnAnswer answer)
    {
        var fields = new List<ExtraField>(4);
        if (answer.Collection is { } collection)
            fields.Add(new("CR", collection));
        if (answer.CallNumber is { } callNumber)
            fields.Add(new("CS", callNumber));
        if (answer.Destination is { } destination)
            fields.Add(new("CT", destination));
        if (answer.Alert is { } alert)
            fields.Add(new("CV", ((int)alert).ToString("00", CultureInfo.InvariantCulture)));
        return fields;
    }
}
