using Google.Protobuf.WellKnownTypes;
using KioskLink.Protos.Register.V1;
using Microsoft.Playwright;

namespace KioskLink.Demo.Tests.Console;

/// <summary>A viewing right, and a session that is begun by it on the page.</summary>
internal static class CameraRight
{
    private const int Days = 30;

    public static CameraGrant For(string user) => new()
    {
        Viewer = user,
        GrantedBy = FirstSignIn.Person,
        DynastyRef = "D/7/2026",
        UndertakingOn = "2026-11-01",
        EndTime = Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow().AddDays(Days)),
    };

    /// <summary>Begins a session in Finnish; the page is the session's then.</summary>
    public static async Task BeginAsync(IPage viewer, string why)
    {
        await viewer.GotoAsync("/cameras");
        await viewer.Locator("#start-camera").FillAsync("tuulikaappi");
        await viewer.Locator("#start-reason_text").FillAsync(why);
        await viewer.Locator("#start button[type=submit]").ClickAsync();
        await viewer.WaitForURLAsync(url => url.Contains("/cameras/", StringComparison.Ordinal));
    }
}
