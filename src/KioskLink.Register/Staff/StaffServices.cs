using Microsoft.AspNetCore.Identity;

namespace KioskLink.Register.Staff;

/// <summary>Adds the staff's accounts to the register, over ASP.NET Core Identity of the shared framework.</summary>
internal static class StaffServices
{
    /// <summary>Adds accounts and sessions; the rooms about the store are there already.</summary>
    public static IServiceCollection AddStaff(this IServiceCollection services)
    {
        services.AddSingleton<StaffStandings>().AddSingleton<StaffSessions>().AddSingleton<StaffGates>().AddSingleton<NobodysFailures>().AddSingleton<SignInLocks>().AddSingleton<StaffProto>();
        services.AddScoped<StaffDesk>().AddScoped<SignInDesk>().AddScoped<NodeSignIn>();
        services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = StaffLimits.HashIterations);
        services.AddIdentityCore<StaffAccountRow>(Limit)
            .AddUserStore<StaffStore>()
            .AddUserManager<StaffManager>()
            .AddTokenProvider<TotpProvider>(TotpProvider.Name);
        services.AddSingleton<TotpProvider>();
        return services;
    }

    /// <summary>Offers the service.</summary>
    public static void MapStaff(this IEndpointRouteBuilder app) => app.MapGrpcService<StaffService>();

    // Length is what makes a password hard to guess; rules about its letters make people write it down.
    private static void Limit(IdentityOptions options)
    {
        options.Password.RequiredLength = StaffLimits.PasswordMin;
        options.Password.RequiredUniqueChars = StaffLimits.PasswordMin / 2;
        options.Password.RequireDigit = false;
        options.Password.RequireLowercase = false;
        options.Password.RequireUppercase = false;
        options.Password.RequireNonAlphanumeric = false;
    }
}
