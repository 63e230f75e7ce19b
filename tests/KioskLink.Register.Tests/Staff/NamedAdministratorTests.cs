using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Google.Protobuf;
using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Identity;
using KioskLink.Register.Tests.Audit;
using KioskLink.Register.Tests.Identity;
using KioskLink.Register.Tests.Running;
using KioskLink.Testing;
using StaffService = KioskLink.Protos.Register.V1.StaffService;

namespace KioskLink.Register.Tests.Staff;

/// <summary>An administrator's certificate is one person's, and stands and falls with that person's account.</summary>
public sealed class NamedAdministratorTests
{
    private const string Withdrawn = "CERTIFICATE_WITHOUT_ACCOUNT";
    private const string OfNobody = "CERTIFICATE_OF_NOBODY";

    [Fact]
    public async Task R41_The_first_certificate_is_one_person_s_and_the_log_names_that_person()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.AddPatronAsync(1);
        using var certificate = register.AdminCertificate();

        await new PatronService.PatronServiceClient(register.Admin).GetPatronAsync(new GetPatronRequest { CustomerId = "c1" });

        Assert.Equal(RunningRegister.Administrator, certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false));
        var read = Assert.Single(await register.EventsAsync("PatronService/GetPatron"));
        Assert.Equal((RunningRegister.Administrator, "administrator", "OK"), (read.Actor, read.Role, read.Result));
        var account = Assert.Single((await register.AdminStaff().ListAccountsAsync(new ListAccountsRequest())).Accounts);
        Assert.Equal((RunningRegister.Administrator, false, false), (account.UserName, account.SetUp, account.Locked));
        Assert.Equal([StaffRole.Administrator], account.Roles);
    }

    [Fact]
    public async Task R41_A_certificate_is_refused_while_its_account_is_locked_or_no_administrator_s_also_after_a_restart()
    {
        using var folder = new TempFolder();
        Metadata ville;
        await using (var register = await RunningRegister.StartAsync(folder: folder))
        {
            ville = await (await register.HireAsync("ville", StaffRole.Administrator)).WorkAsync();
            var staff = register.NobodysStaff();
            await staff.LockAccountAsync(new LockAccountRequest { UserName = RunningRegister.Administrator, Reason = "has left" }, ville);
            Assert.Equal(Withdrawn, await RefusalAsync(register.Admin));
            await staff.UnlockAccountAsync(new UnlockAccountRequest { UserName = RunningRegister.Administrator }, ville);
            Assert.Equal("", await RefusalAsync(register.Admin));
            await staff.ChangeRolesAsync(new ChangeRolesRequest { UserName = RunningRegister.Administrator, Roles = { StaffRole.Librarian } }, ville);
            Assert.Equal(Withdrawn, await RefusalAsync(register.Admin));
        }

        await using var again = await RunningRegister.StartAsync(folder: folder);

        Assert.Equal(Withdrawn, await RefusalAsync(again.Admin));
    }

    [Fact]
    public async Task R41_Each_administrator_makes_a_certificate_in_the_own_name_and_nobody_one_in_another_s()
    {
        await using var register = await RunningRegister.StartAsync();
        var ville = await (await register.HireAsync("ville", StaffRole.Administrator)).WorkAsync();
        var aino = await (await register.HireAsync("aino", StaffRole.Librarian)).WorkAsync();
        var staff = register.NobodysStaff();

        using var own = await CertifyAsync(staff, "ville", ville);

        Assert.Equal("", await RefusalAsync(register.ChannelOf(own)));
        Assert.Equal("ville", Assert.Single(await register.EventsAsync("BanService/ListBans")).Actor);
        foreach (var (name, session) in new[] { (RunningRegister.Administrator, ville), ("administrator", ville), ("Ville", ville) })
        {
            await Refusals.RefusedAsync(StatusCode.InvalidArgument, "certificate_request", () => CertifyAsync(staff, name, session));
        }

        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "certificate_request", () => CertifyAsync(register.AdminStaff(), "ville", []));
        Assert.Equal("ROLE_NOT_ALLOWED", await Employees.ReasonAsync(() => CertifyAsync(staff, "aino", aino)));
    }

    [Fact]
    public async Task R41_A_certificate_from_before_they_named_persons_sets_up_and_reaches_no_patron()
    {
        await using var register = await RunningRegister.StartAsync();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var bare = register.Part<CertificateAuthority>().IssueAdministrator("lastu", "administrator", key, register.Core.Time.GetUtcNow());
        using var certificate = bare.CopyWithPrivateKey(key);
        var nobody = register.ChannelOf(certificate);
        var staff = new StaffService.StaffServiceClient(nobody);

        await staff.CreateAccountAsync(new CreateAccountRequest { UserName = "maija", PersonName = "Testi Henkilö", Roles = { StaffRole.Administrator } });
        await new BranchService.BranchServiceClient(nobody).ApplyBranchAsync(new ApplyBranchRequest { Branch = Library.BranchLike() });

        foreach (var path in CallRights.All.Where(rule => rule.Roles.Has(CallerRole.Administrator) && rule.NeedsUndertaking).Select(rule => rule.Method))
        {
            Assert.Equal((path, (StatusCode.PermissionDenied, OfNobody)), (path, await EveryCall.AskAsync(nobody, path)));
        }

        Assert.Equal(OfNobody, await Employees.ReasonAsync(() => CertifyAsync(staff, "administrator", [])));
        await Refusals.RefusedAsync(StatusCode.NotFound, "account", async () => await staff.AcceptUndertakingAsync(new AcceptUndertakingRequest { Version = Register.Staff.Undertakings.Version }));
    }

    [Fact]
    public async Task R41_The_first_administrator_sets_the_own_password_once_and_nobody_resets_the_own_one()
    {
        await using var register = await RunningRegister.StartAsync();
        var own = new ResetSecondFactorRequest { UserName = RunningRegister.Administrator };

        var made = await register.AdminStaff().ResetSecondFactorAsync(own);
        await register.NobodysStaff().SetUpAccountAsync(
            new SetUpAccountRequest { UserName = own.UserName, SetUpSecret = made.SetUpSecret, Password = Employees.Bytes(Employee.Password) });

        Assert.Equal("OWN_ACCOUNT", await Employees.ReasonAsync(async () => await register.AdminStaff().ResetSecondFactorAsync(own)));
    }

    private static async Task<X509Certificate2> CertifyAsync(StaffService.StaffServiceClient staff, string name, Metadata session)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256).CreateSigningRequest();
        var answer = await staff.RenewAdministratorAsync(new RenewAdministratorRequest { CertificateRequest = ByteString.CopyFrom(request) }, session);
        using var certificate = X509CertificateLoader.LoadCertificate(answer.Certificate.Span);
        return certificate.CopyWithPrivateKey(key);
    }

    private static async Task<string> RefusalAsync(ChannelBase channel) =>
        (await EveryCall.AskAsync(channel, "/kiosklink.register.v1.BanService/ListBans")).Reason;
}
