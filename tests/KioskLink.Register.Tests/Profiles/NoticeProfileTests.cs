using KioskLink.Register.Notices;
using KioskLink.Register.Profiles;
using KioskLink.Testing;

namespace KioskLink.Register.Tests.Profiles;

/// <summary>A profile that tells the data subject too little, or keeps recordings too long, starts no register.</summary>
public sealed class NoticeProfileTests
{
    [Theory]
    [InlineData("lastu", "Asikkala, Hartola, Heinola, Hollola, Kärkölä, Lahti, Orimattila, Padasjoki, Sysmä")]
    [InlineData("heili", "Imatra, Lappeenranta, Lemi, Parikkala, Rautjärvi, Ruokolahti, Savitaipale, Taipalsaari")]
    [InlineData("helmet", "Espoo, Helsinki, Kauniainen, Vantaa")]
    public void R1_Three_consortia_load_each_with_its_members_controllers_and_rules(string name, string members)
    {
        var profile = ProfileReader.Load(name);

        Assert.Equal(members, string.Join(", ", profile.Members));
        Assert.NotEmpty(profile.Controllers);
        Assert.NotEmpty(profile.Names);
        Assert.NotEmpty(profile.Notices);
    }

    [Theory]
    [InlineData("lastu", 1)]
    [InlineData("heili", 8)]
    [InlineData("helmet", 4)]
    public void R2_A_register_has_one_controller_or_several_in_the_profile_and_in_its_notices(string name, int controllers)
    {
        var profile = ProfileReader.Load(name);

        Assert.Equal(controllers, profile.Controllers.Count);
        Assert.All(profile.Notices, notice => Assert.Equal(controllers, notice.Controllers.Count));
        Assert.Null(ProfileCheck.Problem(profile));
    }

    [Fact]
    public void R2_A_profile_or_a_notice_without_a_controller_is_refused()
    {
        var profile = ProfileReader.Load("lastu");

        Assert.Contains("`controllers` is empty", ProfileCheck.Problem(profile with { Controllers = [] }), StringComparison.Ordinal);
        Assert.Contains("`controllers` is empty", Problem(notice => notice with { Controllers = [] }), StringComparison.Ordinal);
    }

    public static TheoryData<string> Parts => new(Emptied.Keys);

    private static Dictionary<string, Func<NoticeProfile, NoticeProfile>> Emptied => new()
    {
        ["title"] = notice => notice with { Title = Blank },
        ["controllers"] = notice => notice with { Controllers = [] },
        ["purposes"] = notice => notice with { Purposes = [] },
        ["data"] = notice => notice with { Data = [notice.Data[0], Blank] },
        ["sources"] = notice => notice with { Sources = [] },
        ["recipients"] = notice => notice with { Recipients = [] },
        ["transfers"] = notice => notice with { Transfers = Blank },
        ["retention"] = notice => notice with { Retention = [] },
        ["rights"] = notice => notice with { Rights = [] },
        ["supervisoryAuthority"] = notice => notice with { SupervisoryAuthority = Blank },
        ["legalBases"] = notice => notice with { Purposes = [notice.Purposes[0] with { LegalBases = [] }] },
        ["date"] = notice => notice with { Date = "5.10.2023" },
    };

    [Theory]
    [MemberData(nameof(Parts))]
    public void R3_A_notice_that_lacks_a_part_fails_the_start_and_the_part_is_named(string part) =>
        Assert.Contains($"{part}`", Problem(Emptied[part]), StringComparison.Ordinal);

    [Theory]
    [InlineData("{ \"fi\": \"Samtycke\", \"sv\": \"Samtycke\" }", "en")]
    [InlineData("\"transfers.nowhere\"", "transfers")]
    public void R3_A_text_that_lacks_a_language_or_names_no_shipped_text_is_refused(string text, string key)
    {
        var problem = Assert.Throws<ProfileProblem>(() => ProfileReader.Read(Text().Replace("\"transfers.none\"", text, StringComparison.Ordinal), "mine"));

        Assert.Contains(key, problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', problem.Message);
    }

    [Fact]
    public void R3_A_register_goes_live_with_a_data_protection_officer_only_and_nobody_answers_for_nothing()
    {
        var profile = ProfileReader.Load("lastu");

        Assert.True(profile.Live);
        Assert.Contains("`dpos`", ProfileCheck.Problem(profile with { Dpos = [] }), StringComparison.Ordinal);
        Assert.Contains("camera", ProfileCheck.Problem(profile with { Dpos = [.. profile.Dpos.Where(officer => !officer.Registers.Contains(RegisterKind.Camera))] }), StringComparison.Ordinal);
        Assert.Null(ProfileCheck.Problem(profile with { Dpos = [], Live = false }));
        Assert.Contains("`contacts`", ProfileCheck.Problem(profile with { Contacts = [] }), StringComparison.Ordinal);
    }

    [Fact]
    public void R4_A_version_has_a_date_of_its_own_and_each_register_has_a_notice()
    {
        var profile = ProfileReader.Load("lastu");

        Assert.Contains("two of 2023-10-05", ProfileCheck.Problem(profile with { Notices = [.. profile.Notices, profile.Notices[1]] }), StringComparison.Ordinal);
        Assert.Contains("camera", ProfileCheck.Problem(profile with { Notices = [.. profile.Notices.Where(notice => notice.Register == RegisterKind.Customer)] }), StringComparison.Ordinal);
    }

    [Fact]
    public void R7_A_purpose_without_a_legal_basis_in_force_is_refused()
    {
        var profile = ProfileReader.Load("lastu");

        Assert.Contains("\"new-purpose\"", ProfileCheck.Problem(profile with { Purposes = [.. profile.Purposes, "new-purpose"] }), StringComparison.Ordinal);
        Assert.Contains("`legalBases`", ProfileCheck.Problem(profile with { LegalBases = [] }), StringComparison.Ordinal);
    }

    [Fact]
    public void R6_A_purpose_that_the_newest_notice_tells_patrons_of_is_one_of_the_profile()
    {
        var profile = ProfileReader.Load("helmet");
        var bases = profile.LegalBases.Select(basis => basis with { Purposes = [.. basis.Purposes.Where(purpose => purpose != "authentication")] });
        var silent = profile with { Purposes = [.. profile.Purposes.Where(purpose => purpose != "authentication")], LegalBases = [.. bases] };

        Assert.Null(ProfileCheck.Problem(profile));
        Assert.Contains("`purposes` lacks \"authentication\"", ProfileCheck.Problem(silent), StringComparison.Ordinal);
    }

    [Fact]
    public void R61_Recordings_are_kept_for_14_days_at_most_and_beyond_72_hours_with_a_written_reason_only()
    {
        var profile = ProfileReader.Load("lastu");
        var camera = profile.Camera!;

        Assert.Equal(NodaTime.Duration.FromHours(14 * 24), camera.RecordingsKept);
        Assert.Contains("recordingsKept", ProfileCheck.Problem(profile with { Camera = camera with { RecordingsKept = NodaTime.Duration.FromHours(14 * 24) + NodaTime.Duration.FromSeconds(1) } }), StringComparison.Ordinal);
        Assert.Contains("longRetentionReason", ProfileCheck.Problem(profile with { Camera = camera with { LongRetentionReason = null } }), StringComparison.Ordinal);
        var shorter = profile with { Retention = [.. profile.Retention.Select(entry => entry.Rule == "camera-references" ? entry with { Keep = "3 days" } : entry)] };
        Assert.Null(ProfileCheck.Problem(shorter with { Camera = camera with { LongRetentionReason = null, RecordingsKept = NodaTime.Duration.FromHours(72) } }));
        Assert.Contains("camera-references", ProfileCheck.Problem(profile with { Camera = camera with { RecordingsKept = NodaTime.Duration.FromHours(72) } }), StringComparison.Ordinal);
        Assert.Contains("longRetentionReason", ProfileCheck.Problem(profile with { Camera = camera with { LongRetentionReason = null, RecordingsKept = NodaTime.Duration.FromHours(72) + NodaTime.Duration.FromSeconds(1) } }), StringComparison.Ordinal);
    }

    [Fact]
    public void R66_A_reason_for_viewings_is_told_as_a_purpose_in_the_camera_notice()
    {
        var profile = ProfileReader.Load("lastu");
        var bases = profile.LegalBases.Select(basis => basis.Register == RegisterKind.Camera ? basis with { Purposes = [.. basis.Purposes, "curiosity"] } : basis);

        Assert.Contains("\"curiosity\"", ProfileCheck.Problem(profile with { LegalBases = [.. bases], Camera = profile.Camera! with { Reasons = ["crime", "danger", "curiosity"] } }), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_shipped_text_of_notices_is_whole() => Assert.All(NoticeTexts.Keys, key => Assert.True(NoticeTexts.Get(key).IsWhole(), key));

    private static LocalText Blank => new() { Fi = "x", Sv = " ", En = "x" };

    private static string? Problem(Func<NoticeProfile, NoticeProfile> spoil)
    {
        var profile = ProfileReader.Load("lastu");
        return ProfileCheck.Problem(profile with { Notices = [.. profile.Notices.Select((notice, at) => at == 1 ? spoil(notice) : notice)] });
    }

    private static string Text() => File.ReadAllText(Path.Combine(SolutionRoot.Path, "src/KioskLink.Register/Profiles/lastu.json"));
}
