using KioskLink.Protos.Register.V1;
using KioskLink.Register.Jobs;
using KioskLink.Register.Profiles;
using KioskLink.Register.Retention;
using KioskLink.Register.Subjects;

namespace KioskLink.Register.Disclosures;

/// <summary>Adds the room of disclosures to the register.</summary>
internal static class DisclosureRooms
{
    /// <summary>Adds its parts.</summary>
    public static IServiceCollection AddDisclosures(this IServiceCollection services, ConsortiumProfile profile)
    {
        services.AddSingleton<SecretFolder>().AddSingleton<DisclosureBook>().AddSingleton<DisclosedPersons>();
        services.AddSingleton<IOverdueItems, LoanTables>();
        services.AddSingleton<CollectionRun>().AddSingleton<InvoiceExport>().AddSingleton<AddressQuery>().AddSingleton<AddressAnswer>();
        services.AddSingleton<PermittedDisclosure>().AddSingleton<StatisticsHandout>().AddSingleton<DisclosurePages>().AddSingleton<RestrictedClaimPages>();
        services.AddSingleton<ISubjectStore, DisclosureSubjects>();
        services.AddSingleton<DisclosureFiles>().AddSingleton<IErasedFiles>(provider => provider.GetRequiredService<DisclosureFiles>());
        services.AddSingleton<IRetentionRule, DisclosureFilesRule>();
        if (DisclosureRules.Find(profile, DisclosureKind.Collection) is not null)
        {
            services.AddSingleton<IJob, CollectionJob>();
        }

        return services;
    }
}
