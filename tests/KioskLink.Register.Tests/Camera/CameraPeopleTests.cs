using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Identity;

namespace KioskLink.Register.Tests.Camera;

/// <summary>Who viewed and who decided are accounts of the staff and no free text; an outsider is named in words.</summary>
public sealed class CameraPeopleTests
{
    [Fact]
    public async Task R71_The_viewer_is_who_is_signed_in_and_the_decider_an_account_whatever_names_the_caller_writes()
    {
        await using var room = await CameraRoom.StartAsync();

        var session = await room.ViewAsync(record =>
        {
            (record.DecidedBy, record.ViewerName) = ("Keksitty Päättäjä", "Keksitty Katselija");
            (record.OutsiderAsked, record.OutsiderName, record.OutsiderDecision) = (true, "Testi Pyytäjä", OutsiderDecision.Approved);
        });

        Assert.Equal(
            ("johtaja", "Testi Johtaja", CameraRoom.Viewer, "Testi Katselija", "Testi Pyytäjä"),
            (session.Record.Decider, session.Record.DecidedBy, session.Viewer, session.Record.ViewerName, session.Record.OutsiderName));
    }

    [Theory]
    [InlineData("Testi Johtaja")]
    [InlineData("nobody")]
    [InlineData("librarian")]
    [InlineData("somebody")]
    [InlineData("former")]
    public async Task R69_R71_Nobody_but_an_account_that_may_give_viewing_rights_decides(string decider)
    {
        await using var room = await CameraRoom.StartAsync();
        await room.AccountAsync("librarian", "Testi Virkailija", RoleSet.Of(CallerRole.Librarian));
        await room.AccountAsync("former", "Testi Entinen", RoleSet.Administrators, locked: true);
        var session = await room.StartSessionAsync();

        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "`record.decider`", () => room.CompleteAsync(session, record => record.Decider = decider));

        Assert.Null(Assert.Single((await room.Service.ListCameraSessions(new ListCameraSessionsRequest(), CameraRoom.Officer)).Sessions).Record);
    }

    [Fact]
    public async Task R71_A_viewer_chooses_the_decider_from_a_list_of_those_who_may()
    {
        await using var room = await CameraRoom.StartAsync();
        await room.AccountAsync("admin", "Testi Ylläpitäjä", RoleSet.Administrators);
        await room.AccountAsync("former", "Testi Entinen", RoleSet.Administrators, locked: true);
        async Task<ListCameraDecidersResponse> ListAsync(string token = "") =>
            await room.Service.ListCameraDeciders(new ListCameraDecidersRequest { PageSize = 1, PageToken = token }, CameraRoom.Of(CameraRoom.Viewer));

        var first = await ListAsync();
        var second = await ListAsync(first.NextPageToken);

        Assert.Equal([("admin", "Testi Ylläpitäjä"), ("johtaja", "Testi Johtaja")], first.Deciders.Concat(second.Deciders).Select(one => (one.UserName, one.PersonName)));
        Assert.Equal("", second.NextPageToken);
    }

    [Fact]
    public async Task R69_A_viewing_right_is_given_to_an_account_of_a_camera_viewer_only()
    {
        await using var room = await CameraRoom.StartAsync(granted: false);
        await room.AccountAsync("left", "Testi Lähtenyt", RoleSet.CameraViewers, locked: true);

        foreach (var viewer in new[] { "nobody", "johtaja", "left", "Testi Katselija" })
        {
            await Refusals.RefusedAsync(StatusCode.InvalidArgument, "`grant.viewer`", () => room.GrantAsync(grant => grant.Viewer = viewer));
        }

        Assert.Equal(CameraRoom.Viewer, (await room.GrantAsync()).Viewer);
    }
}
