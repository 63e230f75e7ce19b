using KioskLink.Register.Retention;
using KioskLink.Register.Subjects;

namespace KioskLink.Register.Applications;

/// <summary>Adds the room of applications to the register.</summary>
internal static class ApplicationRooms
{
    /// <summary>Adds its parts.</summary>
    public static IServiceCollection AddApplications(this IServiceCollection services) => services
        .AddSingleton<ApplicationStore>().AddSingleton<ISubjectStore, ApplicationSubjects>().AddSingleton<ApplicationRobot>().AddSingleton<ApplicationProto>()
        .AddSingleton<IRetentionRule, PreRegistrationsRule>().AddOldRows(RetentionRules.Applications, OldRows.Applications);
}
