using KioskLink.Node.Desk;
using KioskLink.Node.Diagnostics;
using KioskLink.Node.Hosting;
using KioskLink.Node.StaffSignIn;
using KioskLink.Node.Technician;
using Microsoft.AspNetCore.DataProtection;

namespace KioskLink.Node.Pages;

/// <summary>The pages of the staff on the node: sign-in, technician, desk. They work with the register unreachable.</summary>
/// <param name="room">Who may sign in and who is signed in.</param>
/// <param name="technicians">What technicians can do.</param>
/// <param name="parts">The node's parts.</param>
internal sealed class StaffPages(StaffRoom room, Technicians technicians, NodeParts parts)
{
    private readonly StaffGate _gate = new(room.Sessions);

    /// <summary>Adds what the pages stand on.</summary>
    public void AddServices(IServiceCollection services)
    {
        services.AddSingleton(new LivePart(room.Sessions, parts.Time));
        services.AddAntiforgery(forms =>
        {
            forms.Cookie.Name = "kiosklink-node-form";
            forms.Cookie.SameSite = SameSiteMode.Strict;
            forms.Cookie.HttpOnly = true;
            forms.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            forms.SuppressXFrameOptionsHeader = true;
        });
        // Sessions are in memory, so their forms' keys are too; what prepares keys at the start would write others to the home folder.
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        foreach (var preparation in services.Where(IsOfKeys).ToList())
            services.Remove(preparation);
    }

    /// <summary>Maps the pages; the gate stands before all of them.</summary>
    public void Map(WebApplication app)
    {
        app.MapGet("/", (HttpContext context) => Results.Redirect(StaffVisit.SessionOf(context) is { } session ? StaffGate.FirstOf(session) : StaffGate.SignIn));
        new SignInEndpoints(room.Desk, _gate, parts).Map(app);
        new TechnicianEndpoints(technicians, parts).Map(app);
        new DeskEndpoints(parts, room.Sessions, technicians.Log).Map(app);
    }

    /// <summary>Puts the gate before what is mapped.</summary>
    public void Guard(WebApplication app) => app.Use(_gate.GuardAsync);

    private static bool IsOfKeys(ServiceDescriptor service) =>
        service.ServiceType == typeof(IHostedService) && service.ImplementationType?.Namespace?.StartsWith("Microsoft.AspNetCore.DataProtection", StringComparison.Ordinal) == true;
}
