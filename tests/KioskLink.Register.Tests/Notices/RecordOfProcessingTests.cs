using KioskLink.Protos.Register.V1;
using KioskLink.Register.Profiles;

namespace KioskLink.Register.Tests.Notices;

/// <summary>The legal basis of each purpose, as it is in force (R7).</summary>
public sealed class RecordOfProcessingTests
{
    [Theory]
    [InlineData("lastu", "library-act")]
    [InlineData("heili", "library-act")]
    [InlineData("helmet", "legal-obligation")]
    public async Task R7_Every_purpose_of_the_profile_has_its_legal_basis_in_the_record_of_processing(string name, string first)
    {
        var profile = ProfileReader.Load(name);
        await using var register = await TestRegister.StartAsync(_ => profile);

        var records = (await RecordAsync(register)).Registers;

        var customer = records.Single(record => record.Register == DataRegister.Customer);
        Assert.Equal(profile.Purposes, customer.Purposes.Select(purpose => purpose.Code));
        var told = profile.Notices.Where(notice => notice.Register == RegisterKind.Customer).SelectMany(notice => notice.Purposes);
        Assert.Subset(customer.Purposes.Select(purpose => purpose.Code).ToHashSet(), told.Select(purpose => purpose.Code).ToHashSet());
        Assert.All(customer.Purposes, purpose => Assert.Equal(first, purpose.LegalBases[0].Code));
        Assert.All(records.SelectMany(record => record.Purposes).SelectMany(purpose => purpose.LegalBases), basis => Assert.True(basis.InForce));
    }

    [Fact]
    public async Task R7_A_repealed_act_stays_in_the_historic_notice_and_out_of_the_record_of_processing()
    {
        await using var register = await TestRegister.StartAsync(_ => ProfileReader.Load("heili"));

        var notice = (await register.Service<Register.Notices.PrivacyNoticeService>().GetPrivacyNotice(new GetPrivacyNoticeRequest(), TestCall.Admin())).Notice;
        var quoted = notice.LegalBases.Single(basis => basis.Code == "library-act-1998");

        Assert.Equal((false, "library-act"), (quoted.InForce, quoted.ReplacedBy));
        Assert.Equal(["904/1998 3 §", "523/1999"], quoted.Laws);
        Assert.Contains(notice.LegalBases, basis => basis is { Code: "library-act", InForce: true });
        Assert.DoesNotContain((await RecordAsync(register)).Registers.SelectMany(record => record.Purposes).SelectMany(purpose => purpose.LegalBases), basis => !basis.InForce);
    }

    [Fact]
    public async Task R7_The_camera_register_names_its_three_bases_and_the_public_task_first()
    {
        await using var register = await TestRegister.StartAsync();

        var camera = (await RecordAsync(register)).Registers.Single(record => record.Register == DataRegister.Camera);

        Assert.Equal(["crime", "danger"], camera.Purposes.Select(purpose => purpose.Code));
        Assert.All(camera.Purposes, purpose => Assert.Equal(["6(1)(e)", "6(1)(a)", "6(1)(b)"], purpose.LegalBases.Select(basis => basis.Article)));
    }

    private static Task<GetRecordOfProcessingResponse> RecordAsync(TestRegister register) =>
        register.Service<Register.Notices.PrivacyNoticeService>().GetRecordOfProcessing(new GetRecordOfProcessingRequest(), TestCall.Admin());
}
