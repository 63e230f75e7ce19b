using KioskLink.Register.Alarms;
using KioskLink.Register.Applications;
using KioskLink.Register.Audit;
using KioskLink.Register.Bans;
using KioskLink.Register.Branches;
using KioskLink.Register.Camera;
using KioskLink.Register.Cards;
using KioskLink.Register.Consents;
using KioskLink.Register.Contacts;
using KioskLink.Register.Disclosures;
using KioskLink.Register.Facts;
using KioskLink.Register.Import;
using KioskLink.Register.Jobs;
using KioskLink.Register.Loans;
using KioskLink.Register.Notices;
using KioskLink.Register.Outages;
using KioskLink.Register.OwnData;
using KioskLink.Register.PatronNotes;
using KioskLink.Register.PatronNotices;
using KioskLink.Register.Patrons;
using KioskLink.Register.PatronSearch;
using KioskLink.Register.Permissions;
using KioskLink.Register.Responsibles;
using KioskLink.Register.Retention;
using KioskLink.Register.Rights;
using KioskLink.Register.Staff;
using KioskLink.Register.Statistics;
using KioskLink.Register.Store;
using KioskLink.Register.Subjects;

namespace KioskLink.Register.Access;

/// <summary>Puts the rooms about patrons, cards, bans, branches and access together.</summary>
internal static class RoomServices
{
    /// <summary>Adds the rooms over an open core.</summary>
    public static IServiceCollection AddRooms(this IServiceCollection services, RegisterCore core)
    {
        services.AddSingleton(core).AddSingleton(core.Store).AddSingleton(core.Index).AddSingleton(core.Log).AddSingleton(core.Lane);
        services.AddSingleton(core.Store.Vault).AddSingleton(core.Profile);
        services.AddSingleton(new NodeEntitlements(core.Store.Vault, core.Profile.Id, core.Profile.SelfService.OfflineHolders));
        services.AddAudit();
        services.AddAlarms();
        services.AddStaff();
        services.AddCamera();
        services.AddPatronNotices();
        services.AddSingleton<PastFacts>().AddSingleton<GuessBook>().AddSingleton<PinKdf>().AddSingleton<SlowDevices>().AddSingleton<PinGate>();
        services.AddSingleton<DecisionLog>().AddSingleton<EntryDesk>().AddSingleton<CredentialDesk>();
        // One for all calls: it keeps nothing of a call, and no scope is made for a door that waits.
        services.AddSingleton<AccessService>();
        services.AddSingleton<AccessExplainer>().AddSingleton<AttemptPages>().AddSingleton<BanPages>().AddSingleton<BanGrounds>().AddSingleton<BanWriter>();
        services.AddSingleton<BranchWriter>().AddSingleton<BadgeWriter>().AddSingleton<CardWriter>();
        services.AddOutages().AddLoans();
        services.AddSingleton<ConsentWriter>().AddSingleton<PinChoice>();
        services.AddSingleton<PatronFinder>().AddSingleton<PatronSummaries>().AddSingleton<ResponsiblePages>();
        services.AddSingleton<ISubjectStore, ContactSubjects>().AddSingleton<ISubjectStore, ConsentSubjects>().AddSingleton<ISubjectStore, PatronNoteSubjects>();
        services.AddSingleton<ISubjectStore, ResponsibleSubjects>().AddSingleton<ISubjectStore, PatronNameSubjects>().AddSingleton(PatronNoteSubjects.Unsettled);
        services.AddSingleton<OwnSessions>().AddSingleton<OwnDesk>().AddSingleton<MyDataView>().AddSingleton<MyLoans>();
        services.AddSingleton<PatronWriter>().AddSingleton<PatronProto>().AddSingleton<ImportWriter>().AddSingleton<PatronImport>();
        services.AddApplications().AddDisclosures(core.Profile).AddStatistics();
        services.AddSubjects().AddJobs().AddRetention(core.Profile).AddRights();
        services.AddSingleton<LogRetention>().AddHostedService(provider => provider.GetRequiredService<LogRetention>());
        services.AddSingleton(provider =>
        {
            var memory = new AttemptMemory(provider.GetRequiredService<RegisterCore>());
            memory.Refill();
            return memory;
        });
        return services;
    }

    /// <summary>Offers the rooms' services.</summary>
    public static void MapRooms(this IEndpointRouteBuilder app)
    {
        app.MapAudit();
        app.MapAlarms();
        app.MapCamera();
        app.MapStaff();
        app.MapPatronNotices();
        app.MapGrpcService<AccessService>();
        app.MapGrpcService<PatronService>();
        app.MapGrpcService<ConsentService>();
        app.MapGrpcService<PatronNoteService>();
        app.MapGrpcService<OwnDataService>();
        app.MapGrpcService<CardService>();
        app.MapGrpcService<BanService>();
        app.MapGrpcService<PermissionService>();
        app.MapGrpcService<BranchService>();
        app.MapGrpcService<OpeningHoursService>();
        app.MapGrpcService<ApplicationService>();
        app.MapGrpcService<PrivacyNoticeService>();
        app.MapJobs();
        app.MapRetention();
        app.MapRights();
        app.MapOutages();
        app.MapLoans();
        app.MapGrpcService<DisclosureService>();
    }
}
