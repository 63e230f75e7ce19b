using KioskLink.Register.Access;
using KioskLink.Register.Audit;
using KioskLink.Register.Bans;
using KioskLink.Register.Cards;
using KioskLink.Register.Events;
using KioskLink.Register.Facts;
using KioskLink.Register.Patrons;
using KioskLink.Register.Store;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace KioskLink.Register.Subjects;

/// <summary>Puts the stores of personal data together.</summary>
internal static class SubjectServices
{
    /// <summary>Adds the stores and holds of the rooms about patrons, cards, bans and doors; other rooms add theirs beside their services.</summary>
    public static IServiceCollection AddSubjects(this IServiceCollection services)
    {
        services.AddSingleton<ISubjectStore, PatronSubjects>().AddSingleton<ISubjectStore, CardSubjects>().AddSingleton<ISubjectStore, BanSubjects>();
        services.AddSingleton<ISubjectStore, AttemptSubjects>().AddSingleton<ISubjectStore, JournalSubjects>().AddSingleton<ISubjectStore, ChangeLogSubjects>();
        services.AddSingleton<ISubjectStore, AuditSubjects>();
        services.AddSingleton(SubjectHold.Fees).AddSingleton(SubjectHold.Ban);
        services.AddSingleton(provider => SubjectHold.Responsible(provider.GetRequiredService<RegisterCore>().Profile));
        services.AddSingleton<SubjectHolds>().AddSingleton<ErasedMarks>().AddSingleton<NodeErasures>().AddSingleton<ErasureNotices>().AddSingleton<SubjectErasure>();
        services.TryAddSingleton(provider => new ErasureListPath(Path.Combine(provider.GetRequiredService<RegisterStore>().Folder, ErasureList.FileName)));
        services.AddSingleton<ErasureList>().AddSingleton<IErasedFiles>(provider => provider.GetRequiredService<ErasureList>());
        services.AddSingleton<ErasureReplay>().AddHostedService<ErasureStart>();
        return services;
    }
}
