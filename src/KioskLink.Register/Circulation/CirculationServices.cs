using KioskLink.Register.Jobs;
using KioskLink.Register.Subjects;

namespace KioskLink.Register.Circulation;

/// <summary>Puts the room of circulation together.</summary>
internal static class CirculationServices
{
    /// <summary>Adds the room, what it holds of patrons, and what it does each night.</summary>
    public static IServiceCollection AddCirculation(this IServiceCollection services) => services
        .AddSingleton<SessionProofs>().AddSingleton<BorrowerDesk>().AddSingleton<ActDesk>().AddSingleton<CirculationCalls>().AddSingleton<WithdrawalDesk>()
        .AddSingleton<PatronInformation>().AddSingleton<ItemDesk>().AddSingleton<ConflictPages>()
        .AddSingleton<ISubjectStore, CirculationSubjects>().AddSingleton<IJob, HoldShelfJob>();
}
