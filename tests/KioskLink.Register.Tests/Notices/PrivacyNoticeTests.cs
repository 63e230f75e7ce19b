using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Profiles;
using KioskLink.Register.Tests.Running;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Tests.Notices;

/// <summary>What the controllers tell everybody: whole, in three languages, in every version.</summary>
public sealed class PrivacyNoticeTests
{
    public static TheoryData<string> Shipped => new(ProfileReader.Shipped);

    [Theory]
    [MemberData(nameof(Shipped))]
    public async Task R3_A_notice_tells_everything_that_the_data_subject_must_know(string profile)
    {
        await using var register = await StartAsync(profile);

        foreach (var kind in new[] { DataRegister.Customer, DataRegister.Camera })
        {
            var notice = await GetAsync(register, kind);
            Assert.NotEmpty(notice.Version.VersionDate);
            Assert.All(
                new[] { notice.Controllers.Count, notice.Contacts.Count, notice.Purposes.Count, notice.LegalBases.Count, notice.Data.Count, notice.Sources.Count, notice.Recipients.Count, notice.Retention.Count, notice.Rights.Count },
                count => Assert.True(count > 0));
            Assert.All([notice.Title, notice.Transfers, notice.SupervisoryAuthority, notice.Consortium], Assert.NotEmpty);
            Assert.All(notice.Purposes, purpose => Assert.NotEmpty(purpose.LegalBases));
            Assert.All(notice.Headings, heading => Assert.NotEmpty(heading.Text));
        }
    }

    [Fact]
    public async Task R3_A_live_register_names_its_data_protection_officer_apart_for_each_register()
    {
        await using var register = await StartAsync("lastu");

        var customer = Assert.Single((await GetAsync(register, DataRegister.Customer)).Officers);
        var camera = Assert.Single((await GetAsync(register, DataRegister.Camera)).Officers);

        Assert.Equal("tietosuoja@lahti.fi", customer.Email);
        Assert.Equal("", customer.Person);
        Assert.NotEqual("", camera.Person);
        Assert.Equal(customer.Phone, camera.Phone);
    }

    [Fact]
    public async Task R4_The_version_in_force_on_a_day_is_given_and_older_ones_stay()
    {
        await using var register = await StartAsync("lastu");

        Assert.Equal("2023-10-05", (await GetAsync(register, DataRegister.Customer)).Version.VersionDate);
        Assert.Equal("2023-10-05", (await GetAsync(register, DataRegister.Customer, at: "2023-10-05")).Version.VersionDate);
        Assert.Equal("2023-03-30", (await GetAsync(register, DataRegister.Customer, at: "2023-10-04")).Version.VersionDate);
        Assert.Equal("2022-10-03", (await GetAsync(register, DataRegister.Camera)).Version.VersionDate);
        await Refusals.RefusedAsync(StatusCode.NotFound, "notice", () => GetAsync(register, DataRegister.Customer, at: "2023-03-29"));

        var versions = (await ServiceOf(register).ListPrivacyNoticeVersions(new ListPrivacyNoticeVersionsRequest(), TestCall.Admin())).Versions;
        Assert.Equal([("2023-10-05", ""), ("2023-03-30", "2023-10-05")], versions.Select(version => (version.VersionDate, version.SupersededOn)));
    }

    [Fact]
    public async Task R4_An_older_version_says_what_it_said_and_names_who_answered_then()
    {
        await using var register = await StartAsync("lastu");

        var (before, now) = (await GetAsync(register, DataRegister.Customer, at: "2023-10-04", Wire.Language.En), await GetAsync(register, DataRegister.Customer, language: Wire.Language.En));

        Assert.DoesNotContain("Gender", before.Data);
        Assert.Contains("Gender", now.Data);
        Assert.DoesNotContain(before.Rights, right => right.Contains("Restrict", StringComparison.Ordinal));
        Assert.Contains(now.Rights, right => right.Contains("Restrict", StringComparison.Ordinal));
        Assert.Equal((2, 2), (before.Contacts.Count, before.Officers.Count));
        Assert.Equal((1, 1), (now.Contacts.Count, now.Officers.Count));
    }

    [Theory]
    [InlineData("heili", "2015-02-12", true)]
    [InlineData("helmet", "2019-01-01", false)]
    public async Task R4_Each_consortium_has_its_own_versions(string profile, string date, bool dated)
    {
        await using var register = await StartAsync(profile);

        var version = (await GetAsync(register, DataRegister.Customer)).Version;

        Assert.Equal((date, dated), (version.VersionDate, version.Dated));
    }

    [Theory]
    [MemberData(nameof(Shipped))]
    public async Task R5_Every_notice_reads_in_Finnish_Swedish_and_English_and_in_Finnish_where_nobody_says(string profile)
    {
        await using var register = await StartAsync(profile);

        var notices = new List<PrivacyNotice>();
        foreach (var language in new[] { Wire.Language.Unspecified, Wire.Language.Sv, Wire.Language.En })
        {
            notices.Add(await GetAsync(register, DataRegister.Customer, language: language));
        }

        Assert.Equal([Wire.Language.Fi, Wire.Language.Sv, Wire.Language.En], notices.Select(notice => notice.Language));
        Assert.Equal("Kirjastojen asiakasrekisterin tietosuojaseloste", notices[0].Title);
        Assert.Equal(3, notices.Select(notice => string.Join('\n', notice.Rights)).Distinct().Count());
        Assert.Equal(3, notices.Select(notice => notice.Controllers[0]).Distinct().Count());
    }

    [Theory]
    [InlineData(Wire.Language.Sv, Wire.Language.Sv)]
    [InlineData(Wire.Language.En, Wire.Language.En)]
    [InlineData(Wire.Language.Unspecified, Wire.Language.Fi)]
    public async Task R5_The_door_speaks_the_patron_s_language_and_Finnish_where_it_knows_none(Wire.Language patron, Wire.Language door)
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1, person => person.Language = patron);

        Assert.Equal(door, (await register.EnterAsync(card)).Language);
    }

    [Fact]
    public async Task Everybody_reads_notices_without_a_certificate_and_nobody_the_record_of_processing()
    {
        await using var register = await RunningRegister.StartAsync();
        var nobody = new Protos.Register.V1.PrivacyNoticeService.PrivacyNoticeServiceClient(register.ChannelOf(null));

        Assert.NotEmpty((await nobody.GetPrivacyNoticeAsync(new GetPrivacyNoticeRequest())).Notice.Rights);
        Assert.NotEmpty((await nobody.ListPrivacyNoticeVersionsAsync(new ListPrivacyNoticeVersionsRequest())).Versions);
        await Refusals.RefusedAsync(StatusCode.Unauthenticated, "CERTIFICATE_MISSING", async () => await nobody.GetRecordOfProcessingAsync(new GetRecordOfProcessingRequest()));
    }

    [Fact]
    public async Task An_impossible_question_is_told_by_its_field()
    {
        await using var register = await StartAsync("lastu");

        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "`at`", () => GetAsync(register, DataRegister.Customer, at: "2023-02-30"));
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "`register`", () => GetAsync(register, (DataRegister)9));
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "`language`", () => GetAsync(register, DataRegister.Customer, language: (Wire.Language)9));
    }

    private static Task<TestRegister> StartAsync(string profile) => TestRegister.StartAsync(_ => ProfileReader.Load(profile));

    private static Register.Notices.PrivacyNoticeService ServiceOf(TestRegister register) => register.Service<Register.Notices.PrivacyNoticeService>();

    private static Task<PrivacyNotice> GetAsync(TestRegister register, DataRegister kind, string at = "", Wire.Language language = Wire.Language.Unspecified) => Task.Run(async () =>
        (await ServiceOf(register).GetPrivacyNotice(new GetPrivacyNoticeRequest { Register = kind, At = at, Language = language }, TestCall.Admin())).Notice);
}
