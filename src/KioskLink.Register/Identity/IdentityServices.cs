using KioskLink.Register.Staff;

namespace KioskLink.Register.Identity;

/// <summary>Adds the room of identities to the register.</summary>
internal static class IdentityServices
{
    /// <summary>Adds the CA, the gate for certificates and its interceptor.</summary>
    public static void AddIdentity(this IServiceCollection services, IdentityFiles files, string consortium)
    {
        var authority = files.LoadAuthority();
        services.AddSingleton(authority);
        services.AddSingleton(new EnvelopeKey(files.LoadEnvelopeKey()));
        services.AddSingleton<RevokedCertificates>();
        services.AddSingleton<AdministratorCertificates>();
        services.AddSingleton(provider =>
        {
            // It knows which were revoked before this start.
            provider.GetRequiredService<AdministratorCertificates>();
            return new CertificateGate(authority, provider.GetRequiredService<RevokedCertificates>(), provider.GetRequiredService<StaffStandings>(), consortium, provider.GetRequiredService<TimeProvider>());
        });
        services.AddSingleton<RefusedLines>().AddSingleton<IdentityInterceptor>();
    }
}
