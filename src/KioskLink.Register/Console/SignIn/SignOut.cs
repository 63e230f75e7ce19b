using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Console.Sessions;

namespace KioskLink.Register.Console.SignIn;

/// <summary>Ends the register's session with the console's.</summary>
internal static class SignOut
{
    /// <summary>Tells the register; a session that it has ended already is as good.</summary>
    public static async Task TellAsync(HttpContext context, SessionKind kind)
    {
        var visit = context.RequestServices.GetRequiredService<Visit>();
        if (visit.Session is null || visit.Session.Kind != kind) return;
        try
        {
            if (kind == SessionKind.Staff) await visit.Api.Staff.SignOutAsync(new SignOutRequest());
            else await visit.Api.Own.EndMySessionAsync(new EndMySessionRequest());
        }
        catch (RpcException)
        {
            // It has ended, or ends by itself when it is not used; on a full disk too the register lets it in no more.
        }
    }
}
