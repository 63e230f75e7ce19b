using KioskLink.Protos.Register.V1;
using KioskLink.Register.Identity;
using KioskLink.Register.Requests;
using KioskLink.Register.Staff;
using KioskLink.Register.Store;

namespace KioskLink.Register.Camera;

/// <summary>
/// The staff in the camera register (R69, R71): viewers are those who are signed in, and who decides on a viewing is one who may give
/// viewing rights. Names come from their accounts; an outsider alone is named in words.
/// </summary>
internal static class CameraPeople
{
    /// <summary>Roles of those who may decide on a viewing: those who may give the right to view.</summary>
    public static RoleSet Deciding => RoleSet.DataProtection;

    /// <summary>The name of an account's person; the user name where there is no account any more.</summary>
    public static string NameOf(RegisterDb db, string consortium, string userName) => Find(db, consortium, userName)?.PersonName is { Length: > 0 } name ? name : userName;

    /// <summary>The account of one who may decide.</summary>
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT.</exception>
    public static StaffAccountRow Decider(RegisterDb db, string consortium, string userName) =>
        Find(db, consortium, Field.Required(userName, "record.decider", Field.IdMax)) is { LockedAt: null } account && MayDecide(account)
            ? account
            : throw Field.Wrong("record.decider", "is no account that may decide: choose one of the list");

    /// <summary>Refuses a viewing right for anybody but an account of a camera viewer, and one that its own person gave.</summary>
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT.</exception>
    public static void RequireViewer(RegisterDb db, string consortium, string userName, string grantedBy)
    {
        if (Find(db, consortium, userName) is not { LockedAt: null } account || !account.RoleSet.Has(CallerRole.CameraViewer))
        {
            throw Field.Wrong("grant.viewer", "is no account of a camera viewer: give the person the account and the role first");
        }

        if (string.Equals(account.PersonName.Trim(), grantedBy.Trim(), StringComparison.OrdinalIgnoreCase))
        {
            throw Field.Wrong("grant.viewer", "gives the right to itself: somebody else must give it");
        }
    }

    /// <summary>One page of those who may decide, by user name.</summary>
    public static ListCameraDecidersResponse Deciders(RegisterDb db, string consortium, ListCameraDecidersRequest request)
    {
        var size = Field.PageSize(request.PageSize);
        var after = Field.Optional(request.PageToken, "page_token", Field.IdMax);
        var found = db.Set<StaffAccountRow>()
            .Where(row => row.Consortium == consortium && row.LockedAt == null && string.Compare(row.UserName, after) > 0)
            .OrderBy(row => row.UserName).AsEnumerable().Where(MayDecide).Take(size + 1).ToList();
        var response = new ListCameraDecidersResponse { NextPageToken = found.Count > size ? found[size - 1].UserName : "" };
        response.Deciders.AddRange(found.Take(size).Select(row => new CameraDecider { UserName = row.UserName, PersonName = row.PersonName }));
        return response;
    }

    private static bool MayDecide(StaffAccountRow account) => (account.RoleSet & Deciding) != RoleSet.None;

    private static StaffAccountRow? Find(RegisterDb db, string consortium, string userName) =>
        db.Set<StaffAccountRow>().SingleOrDefault(row => row.Consortium == consortium && row.UserName == userName);
}
