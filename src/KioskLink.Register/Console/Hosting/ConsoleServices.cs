using KioskLink.Register.Console.Api;
using KioskLink.Register.Console.Assets;
using KioskLink.Register.Console.Doors;
using KioskLink.Register.Console.Layout;
using KioskLink.Register.Console.Patrons;
using KioskLink.Register.Console.Requests;
using KioskLink.Register.Console.Sessions;
using KioskLink.Register.Console.Texts;
using KioskLink.Register.Hosting;
using KioskLink.Register.Profiles;
using KioskLink.Register.Store;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http.Features;

namespace KioskLink.Register.Console.Hosting;

/// <summary>What the console is made of, and which addresses it answers.</summary>
internal static class ConsoleServices
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Adds the pages and what they stand on.</summary>
    public static void Add(IServiceCollection services, RegisterConfig config, RegisterChannel register, ConsortiumProfile profile, TimeProvider time, Vault vault)
    {
        services.AddSingleton(time).AddSingleton(register).AddSingleton(profile);
        services.AddSingleton<ConsoleTexts>().AddSingleton<SessionBooks>().AddSingleton<LiveDoors>().AddSingleton(new PatronReferences(vault));
        services.AddScoped<Visit>();
        TrustedProxies.Add(services, config.ConsoleProxies ?? []);
        services.AddRazorComponents();
        services.AddAntiforgery(forms =>
        {
            forms.Cookie.Name = "kiosklink-form";
            forms.Cookie.SameSite = SameSiteMode.Strict;
            forms.Cookie.HttpOnly = true;
            forms.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            forms.SuppressXFrameOptionsHeader = true;
        });
        services.Configure<FormOptions>(forms =>
        {
            forms.ValueCountLimit = ConsoleLimits.FormFieldsMax;
            forms.MultipartBodyLengthLimit = ConsoleLimits.FormBytesMax;
        });
        var keys = Directory.CreateDirectory(Path.Combine(config.Data, "console-keys"), OwnerOnly);
        services.AddDataProtection().SetApplicationName("kiosklink-console").PersistKeysToFileSystem(keys);
    }

    /// <summary>Maps the pages; the order of what stands before them matters.</summary>
    public static void Map(WebApplication console)
    {
        console.UseForwardedHeaders();
        console.Use((context, next) => SecurityHeaders.AddAsync(context, next));
        console.UseMiddleware<SessionGate>();
        console.UseAntiforgery();
        console.MapGet("/healthz", () => "ok");
        AssetFiles.Map(console);
        FormEndpoints.Map(console);
        RequestDocuments.Map(console);
        console.MapGet("/doors/live", (HttpContext context, LiveDoors live) => live.ServeAsync(context));
        console.MapRazorComponents<App>();
        console.MapFallback(() => Results.Redirect("/not-found"));
    }
}
