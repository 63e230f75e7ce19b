using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Facts;
using KioskLink.Register.Identity;
using NodaTime;

namespace KioskLink.Register.Tests.Camera;

/// <summary>Nobody looks at a recording without a right that a named person gave, for a time, on a signed undertaking.</summary>
public sealed class CameraGrantTests
{
    [Fact]
    public async Task R69_Without_a_right_in_force_nobody_views_and_a_right_ends_by_the_clock()
    {
        await using var room = await CameraRoom.StartAsync(granted: false);
        await DeniedAsync(room);

        await room.GrantAsync(grant =>
        {
            grant.StartTime = (room.Register.Now + Duration.FromHours(1)).ToProto();
            grant.EndTime = (room.Register.Now + Duration.FromHours(3)).ToProto();
        });
        await DeniedAsync(room);
        room.Register.Time.Advance(TimeSpan.FromHours(1));
        await room.ViewAsync();
        room.Register.Time.Advance(TimeSpan.FromHours(2));
        await DeniedAsync(room);
    }

    [Fact]
    public async Task R69_A_right_is_for_its_branches_and_its_viewer_and_ends_when_it_is_taken_away()
    {
        await using var room = await CameraRoom.StartAsync(granted: false);
        var grant = await room.GrantAsync(grant => grant.BranchIds.Add(TestRegister.Other));

        await DeniedAsync(room);
        await DeniedAsync(room, TestRegister.Other, "somebody");
        await room.CompleteAsync(await room.StartSessionAsync(start => start.BranchId = TestRegister.Other));

        var revoked = await room.RevokeAsync(grant.Id);
        Assert.Equal("left", revoked.RevokeReason);
        Assert.Equal(revoked.RevokeTime, (await room.RevokeAsync(grant.Id)).RevokeTime);
        await DeniedAsync(room, TestRegister.Other);
    }

    [Fact]
    public void R69_Only_the_role_of_camera_viewers_views_and_only_officers_and_administrators_grant()
    {
        Assert.Equal([CallerRole.CameraViewer], RolesOf("StartCameraSession"));
        Assert.Equal([CallerRole.CameraViewer], RolesOf("CompleteCameraSession"));
        Assert.Equal([CallerRole.Administrator, CallerRole.DataProtectionOfficer], RolesOf("GrantCameraViewing"));
        Assert.Equal([CallerRole.Administrator, CallerRole.DataProtectionOfficer], RolesOf("ReconcileCameraViews"));
    }

    [Theory]
    [InlineData("grant.granted_by")]
    [InlineData("grant.viewer")]
    [InlineData("grant.end_time")]
    public async Task R69_A_right_names_who_gave_it_to_whom_and_when_it_ends(string field)
    {
        await using var room = await CameraRoom.StartAsync(granted: false);

        await RefusedAsync(room, field, grant =>
        {
            switch (field)
            {
                case "grant.granted_by": grant.GrantedBy = ""; break;
                case "grant.viewer": grant.Viewer = "officer"; break;
                default: grant.EndTime = null; break;
            }
        });
    }

    [Fact]
    public async Task R69_A_right_without_end_or_beyond_the_profile_s_or_in_the_past_is_refused()
    {
        await using var room = await CameraRoom.StartAsync(granted: false);

        await RefusedAsync(room, "grant.end_time", grant => grant.EndTime = (room.Register.Now + Duration.FromDays(366) + Duration.FromSeconds(1)).ToProto());
        await RefusedAsync(room, "grant.end_time", grant => grant.EndTime = room.Register.Now.ToProto());
        await RefusedAsync(room, "grant.end_time", grant => grant.EndTime = new Google.Protobuf.WellKnownTypes.Timestamp { Seconds = long.MaxValue });
        await RefusedAsync(room, "grant.branch_ids", grant => grant.BranchIds.Add("FI-Nowhere"));
        await RefusedAsync(room, "grant.viewer", grant => (grant.Viewer, grant.GrantedBy) = ("anybody", "anybody"));
    }

    [Theory]
    [InlineData("johtaja")]
    [InlineData("Testi Johtaja 010594Y9032")]
    [InlineData("Testi Johtaja 29909090000018")]
    public async Task R69_Who_gave_a_right_is_a_named_person_and_no_office_and_no_number(string by)
    {
        await using var room = await CameraRoom.StartAsync(granted: false);

        await RefusedAsync(room, "grant.granted_by", grant => grant.GrantedBy = by);
    }

    [Fact]
    public async Task R69_Nobody_gives_a_right_to_himself_by_another_spelling_of_his_name()
    {
        await using var room = await CameraRoom.StartAsync(granted: false);
        await room.AccountAsync("katri", "Katri Katselija", RoleSet.Of(CallerRole.CameraViewer));

        await RefusedAsync(room, "grant.viewer", grant => (grant.Viewer, grant.GrantedBy) = ("katri", " katri katselija"));
    }

    [Fact]
    public async Task R73_Without_the_undertaking_s_reference_and_date_there_is_no_right()
    {
        await using var room = await CameraRoom.StartAsync(granted: false);

        await RefusedAsync(room, "grant.dynasty_ref", grant => grant.DynastyRef = "");
        await RefusedAsync(room, "grant.dynasty_ref", grant => grant.DynastyRef = "  ");
        await RefusedAsync(room, "grant.undertaking_on", grant => grant.UndertakingOn = "");
        await RefusedAsync(room, "grant.undertaking_on", grant => grant.UndertakingOn = "2026-12-02");
        await RefusedAsync(room, "grant.undertaking_on", grant => grant.UndertakingOn = "yesterday");
        await DeniedAsync(room);

        var grant = await room.GrantAsync();
        Assert.Equal(("D/123/2026", "2026-11-30", "Testi Johtaja", "officer"), (grant.DynastyRef, grant.UndertakingOn, grant.GrantedBy, grant.RecordedBy));
    }

    [Fact]
    public async Task A_viewer_sees_own_rights_only_and_lists_page()
    {
        await using var room = await CameraRoom.StartAsync();
        await room.GrantAsync(grant => grant.Viewer = "somebody");
        await room.RevokeAsync((await room.GrantAsync()).Id);

        var own = await room.Service.ListCameraGrants(new ListCameraGrantsRequest { Viewer = "somebody" }, CameraRoom.Of(CameraRoom.Viewer));
        var first = await room.Service.ListCameraGrants(new ListCameraGrantsRequest { IncludePast = true, PageSize = 2 }, CameraRoom.Officer);
        var rest = await room.Service.ListCameraGrants(new ListCameraGrantsRequest { IncludePast = true, PageSize = 2, PageToken = first.NextPageToken }, CameraRoom.Officer);

        Assert.Equal([CameraRoom.Viewer], own.Grants.Select(grant => grant.Viewer));
        Assert.Equal((2, 1, ""), (first.Grants.Count, rest.Grants.Count, rest.NextPageToken));
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "page_token", () => Task.Run(() =>
            room.Service.ListCameraGrants(new ListCameraGrantsRequest { PageToken = "x" }, CameraRoom.Officer)));
    }

    private static IEnumerable<CallerRole> RolesOf(string call) => CallRights.Of($"/kiosklink.register.v1.CameraRegisterService/{call}")!.Roles.Roles();

    private static Task DeniedAsync(CameraRoom room, string branch = TestRegister.Main, string viewer = CameraRoom.Viewer) =>
        Refusals.RefusedAsync(StatusCode.PermissionDenied, "NO_VIEWING_RIGHT", () => room.StartSessionAsync(start => start.BranchId = branch, viewer));

    private static Task RefusedAsync(CameraRoom room, string field, Action<CameraGrant> spoil) =>
        Refusals.RefusedAsync(StatusCode.InvalidArgument, field, () => room.GrantAsync(spoil));
}
