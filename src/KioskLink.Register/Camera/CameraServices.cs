using KioskLink.Register.Jobs;
using KioskLink.Register.Retention;
using KioskLink.Register.Subjects;

namespace KioskLink.Register.Camera;

/// <summary>Puts the camera register together.</summary>
internal static class CameraServices
{
    /// <summary>Adds the room over an open core.</summary>
    public static IServiceCollection AddCamera(this IServiceCollection services) => services
        .AddSingleton<RecordText>().AddSingleton<CameraAlarms>().AddSingleton<CameraGrants>().AddSingleton<CameraSessions>().AddSingleton<CameraReferences>()
        .AddSingleton<CameraCopies>().AddSingleton<CameraReconciliation>().AddSingleton<CameraExport>().AddSingleton<CameraPages>().AddSingleton<CameraUpkeep>()
        .AddSingleton<IJob, CameraJob>().AddOldRows(RetentionRules.CameraReferences, OldRows.CameraReferences)
        .AddSingleton<IRetentionRule, CameraCopiesRule>().AddSingleton<IRetentionRule, CameraSessionsRule>().AddSingleton<ISubjectStore, CameraSubjects>();

    /// <summary>Offers its service.</summary>
    public static void MapCamera(this IEndpointRouteBuilder app) => app.MapGrpcService<CameraRegisterService>();
}
