using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Audit;
using KioskLink.Register.Identity;
using KioskLink.Register.Requests;
using KioskLink.Register.Store;

namespace KioskLink.Register.Staff;

/// <summary>
/// Vouches for staff at the nodes' own pages: proves a person, and says later which account is no longer what the node keeps of it. A
/// node learns a number for the account and a stamp, no secret of it.
/// </summary>
internal sealed class NodeSignIn(SignInDesk signIn, RegisterCore core)
{
    /// <summary>Most accounts that a node may ask about at once.</summary>
    public const int MarksMax = 64;

    private const int StampLength = 16;
    private const string Refusal = "SIGN_IN_REFUSED";

    /// <summary>Proves a person; what is wrong is an answer, since a refused status would speak of the node's certificate.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT, FAILED_PRECONDITION, RESOURCE_EXHAUSTED.</exception>
    public async Task<VerifyStaffResponse> VerifyAsync(VerifyStaffRequest request, CallerIdentity node, CallAudit audit, CancellationToken cancel)
    {
        var place = new SignInPlace(request.Device.Length == 0 ? node.Name : CallEntry.CheckedDevice(request.Device), node.Name, node.Name, "");
        try
        {
            var account = await signIn.WithoutSessionAsync(request.UserName, request.Password, request.TotpCode, place, audit, cancel);
            return Vouch(account);
        }
        catch (RpcException wrong) when (wrong.StatusCode == StatusCode.Unauthenticated)
        {
            audit.Refused(Refusal);
            return new VerifyStaffResponse();
        }
    }

    /// <summary>Which accounts are locked, changed, or bound to give the undertaking anew.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT names the field.</exception>
    public CheckStaffResponse Check(CheckStaffRequest request)
    {
        if (request.Marks.Count > MarksMax)
        {
            throw Field.Wrong("marks", $"has more than {MarksMax} entries: ask about those that are kept");
        }

        var asked = request.Marks.Select(mark => (Id: IdOf(mark.AccountRef), mark.Stamp)).ToList();
        var ids = asked.ConvertAll(mark => mark.Id);
        using var db = core.Store.Read();
        var known = db.Set<StaffAccountRow>().Where(row => row.Consortium == core.Store.Consortium && ids.Contains(row.AccountId)).ToDictionary(row => row.AccountId);
        var answer = new CheckStaffResponse();
        answer.EndedRefs.AddRange(asked.Where(mark => !StillIs(known.GetValueOrDefault(mark.Id), mark.Stamp)).Select(mark => RefOf(mark.Id)).Distinct());
        return answer;
    }

    private static VerifyStaffResponse Vouch(StaffAccountRow account)
    {
        if (StaffProto.Pending(account) is not null)
        {
            throw Refused.With(StatusCode.FailedPrecondition, "UNDERTAKING_MISSING", "The undertaking of secrecy has not been given yet: sign in to the console once and give it.");
        }

        var answer = new VerifyStaffResponse { Valid = true, AccountRef = RefOf(account.AccountId), Stamp = StampOf(account) };
        answer.Roles.AddRange(StaffRoles.Write(account.RoleSet));
        return answer;
    }

    private static bool StillIs(StaffAccountRow? account, ByteString stamp) =>
        account is { LockedAt: null } && StaffProto.Pending(account) is null && CryptographicOperations.FixedTimeEquals(StampOf(account).Span, stamp.Span);

    private static ByteString StampOf(StaffAccountRow account) =>
        ByteString.CopyFrom(SHA256.HashData(Encoding.UTF8.GetBytes($"node stamp\0{account.AccountId}\0{account.SecurityStamp}\0{account.Roles}")).AsSpan(0, StampLength));

    private static string RefOf(long accountId) => accountId.ToString(CultureInfo.InvariantCulture);

    private static long IdOf(string accountRef) =>
        long.TryParse(accountRef, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : throw Field.Wrong("marks.account_ref", "must be an account as VerifyStaff gave it");
}
