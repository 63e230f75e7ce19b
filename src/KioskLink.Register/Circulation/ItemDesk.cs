using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Audit;
using KioskLink.Register.Facts;
using KioskLink.Register.Identity;
using KioskLink.Register.Outages;
using KioskLink.Register.Requests;
using KioskLink.Register.Store;
using KioskLink.Rules.Branches;
using NodaTime;
using LibraryService = KioskLink.Register.Outages.LibraryService;

namespace KioskLink.Register.Circulation;

/// <summary>
/// Shows an item by its barcode, and writes its properties where a machine sends them. While availability is down (R84) machines get
/// neither; staff looks on, as at a patron's loans, since patrons are then served by telephone with the card at hand (R82). Thread-safe.
/// </summary>
internal sealed class ItemDesk(RegisterCore core, OutageBook outages)
{
    /// <summary>Longest properties.</summary>
    public const int PropertiesMax = 255;

    /// <summary>The item.</summary>
    public async Task<GetItemResponse> ShowAsync(GetItemRequest request, ServerCallContext context)
    {
        Field.Required(request.ItemId, "item_id", Field.IdMax);
        var caller = context.Caller();
        if (caller.Role == CallerRole.Node)
        {
            Field.Required(request.DeviceId, "device_id", Field.IdMax);
            outages.Require(LibraryService.Availability, caller.BranchId);
        }

        Field.Optional(request.DeviceId, "device_id", Field.IdMax);
        context.Audit().Fields("items");
        if (request.HasProperties)
        {
            Field.Optional(request.Properties, "properties", PropertiesMax);
            await core.Lane.WriteAsync(scope => Write(scope, request), context.CancellationToken).ConfigureAwait(false);
        }

        using var db = core.Store.Read();
        var item = ItemView.Find(db, core.Store.Consortium, request.ItemId) ?? throw Field.Missing("item");
        var today = ((LocalDate?)OpeningCalendar.DateAt(core.Now())).ToIso();
        return new GetItemResponse { Item = ItemView.Show(db, core.Profile.LoanRules, item, today), FactsVersion = core.Log.Head.Version };
    }

    private static void Write(WriteScope scope, GetItemRequest request)
    {
        if (ItemView.Find(scope.Db, scope.Consortium, request.ItemId) is { } item && item.Properties != request.Properties)
        {
            (item.Properties, item.UpdatedAt) = (request.Properties, scope.NowMs);
            Rows.Change(scope, item);
        }
    }
}
