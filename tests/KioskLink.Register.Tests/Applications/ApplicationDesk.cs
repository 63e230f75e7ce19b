using KioskLink.Protos.Register.V1;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Tests.Applications;

/// <summary>Hands applications in and has them processed, as tests ask for them. Everybody in them is artificial.</summary>
internal sealed class ApplicationDesk(TestRegister register)
{
    public const string Code = "010594Y9032";
    public const string Born = "1994-05-01";
    public const string OtherCode = "010594Y9021";
    public const string ChildCode = "010516B903X";

    public Register.Applications.ApplicationService Service { get; } = register.Service<Register.Applications.ApplicationService>();

    /// <summary>An adult with an identity code who has accepted the terms.</summary>
    public static Applicant Adult(Action<Applicant>? change = null)
    {
        var applicant = new Applicant
        {
            Surname = "Mallinen",
            FirstNames = "Testi Aino",
            IdentityCode = Code,
            StreetAddress = "Esimerkkikatu 1 A 2",
            PostalCode = "15110",
            City = "Lahti",
            Phone = "0401234567",
            Email = "testi@example.org",
            Language = Wire.Language.Fi,
            Municipality = "Lahti",
            TermsAcceptedOn = "2026-11-30",
            TermsVersion = "2023-10",
            Channel = "web",
        };
        change?.Invoke(applicant);
        return applicant;
    }

    public static Applicant Child(Action<Applicant>? change = null) => Adult(applicant =>
    {
        (applicant.FirstNames, applicant.IdentityCode, applicant.GuardianConsentOn) = ("Testi Lapsi", ChildCode, "2026-11-30");
        change?.Invoke(applicant);
    });

    public async Task<SubmitApplicationResponse> SubmitAsync(Applicant applicant) =>
        await Service.SubmitApplication(new SubmitApplicationRequest { Applicant = applicant }, TestCall.Admin());

    /// <summary>Hands one in and has it processed.</summary>
    public async Task<Application> RunAsync(Applicant applicant)
    {
        var request = new ProcessApplicationsRequest { Ids = { (await SubmitAsync(applicant)).Application.Id } };
        return (await Service.ProcessApplications(request, TestCall.Admin())).Applications.Single();
    }

    public async Task<Application> DecideAsync(string id, Action<DecideApplicationRequest> about)
    {
        var request = new DecideApplicationRequest { Id = id, Reason = "seen at the desk" };
        about(request);
        return (await Service.DecideApplication(request, TestCall.Admin())).Application;
    }

    public async Task<GetApplicationResponse> GetAsync(string id) =>
        await Service.GetApplication(new GetApplicationRequest { Id = id }, TestCall.Admin());

    public async Task<Patron> PatronAsync(string customerId) =>
        (await register.Patrons.GetPatron(new GetPatronRequest { CustomerId = customerId }, TestCall.Of(KioskLink.Register.Identity.CallerRole.DataProtectionOfficer, "somebody"))).Patron;

    public int CountPatrons()
    {
        using var db = register.Core.Store.Read();
        return db.Set<Register.Patrons.PatronRow>().Count();
    }
}
