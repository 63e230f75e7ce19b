using KioskLink.Register.Jobs;
using KioskLink.Register.Retention;
using KioskLink.Register.Subjects;

namespace KioskLink.Register.PatronNotices;

/// <summary>Puts the room of notices to patrons together.</summary>
internal static class PatronNoticeServices
{
    /// <summary>Adds the room over an open core.</summary>
    public static IServiceCollection AddPatronNotices(this IServiceCollection services) => services
        .AddSingleton<Spool>().AddSingleton<PatronNoticeDesk>().AddSingleton<PatronNoticeSender>().AddSingleton<ISubjectStore, NoticeSubjects>()
        .AddSingleton<NoticeFiles>().AddSingleton<IErasedFiles>(provider => provider.GetRequiredService<NoticeFiles>())
        .AddSingleton<IRetentionRule>(provider => provider.GetRequiredService<NoticeFiles>())
        .AddSingleton<DueNotices>().AddSingleton<IJob, NoticeRoundJob>().AddHostedService<SpoolRecovery>();

    /// <summary>Offers its service.</summary>
    public static void MapPatronNotices(this IEndpointRouteBuilder app) => app.MapGrpcService<PatronNoticeService>();
}
