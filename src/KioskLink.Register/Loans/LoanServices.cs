using KioskLink.Register.Circulation;
using KioskLink.Register.Consents;
using KioskLink.Register.Retention;
using KioskLink.Register.Subjects;

namespace KioskLink.Register.Loans;

/// <summary>Puts the room of loans together.</summary>
internal static class LoanServices
{
    /// <summary>Adds the room, what it holds of patrons, and what keeps them in the register.</summary>
    public static IServiceCollection AddLoans(this IServiceCollection services)
    {
        services.AddSingleton<LoanWriter>().AddSingleton<LoanStatus>().AddSingleton<LoanPages>();
        services.AddSingleton<ISubjectStore, LoanSubjects>().AddSingleton(LoanSubjects.OpenLoans).AddSingleton(LoanSubjects.OpenInvoices);
        services.AddSingleton<IRetentionRule, ItemHistoryRule>().AddSingleton<IRetentionRule, LoanHistoryRule>().AddSingleton<ConsentEnded>(LoanHistory.Forget);
        return services.AddCirculation();
    }

    /// <summary>Offers the service.</summary>
    public static void MapLoans(this IEndpointRouteBuilder app) => app.MapGrpcService<LoanService>();
}
