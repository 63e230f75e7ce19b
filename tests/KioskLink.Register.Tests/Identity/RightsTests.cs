using KioskLink.Register.Identity;

namespace KioskLink.Register.Tests.Identity;

/// <summary>Only those whose duties require it may make a call (R40); the table is read as people read it.</summary>
public sealed class RightsTests
{
    private const string Package = "/kiosklink.register.v1.";

    [Fact]
    public void R40_Every_call_that_the_register_offers_has_exactly_one_row_and_no_row_is_left_over()
    {
        Assert.Empty(EveryCall.Paths.Except(CallRights.All.Select(rule => rule.Method)));
        Assert.Empty(CallRights.All.Select(rule => rule.Method).Except(EveryCall.Paths));
        Assert.All(CallRights.All, rule => Assert.NotEqual(RoleSet.None, rule.Roles));
    }

    [Fact]
    public void R40_A_call_without_a_row_is_refused_to_everybody() =>
        Assert.DoesNotContain(Enum.GetValues<CallerRole>(), role => CallRights.MayCall(role, CallRights.Of(Package + "PatronService/ForgottenCall")));

    [Theory]
    [InlineData(CallerRole.Librarian, "PatronService/GetPatron", true)]
    [InlineData(CallerRole.Librarian, "BanService/AddBan", true)]
    [InlineData(CallerRole.Librarian, "AuditService/ListEvents", false)]
    [InlineData(CallerRole.Librarian, "NodeService/RevokeNode", false)]
    [InlineData(CallerRole.Technician, "NodeService/RevokeNode", true)]
    [InlineData(CallerRole.Technician, "NodeService/DiagnoseNode", true)]
    [InlineData(CallerRole.Librarian, "NodeService/DiagnoseNode", false)]
    [InlineData(CallerRole.Technician, "NodeService/WorkOnDevice", true)]
    [InlineData(CallerRole.Librarian, "NodeService/WorkOnDevice", false)]
    [InlineData(CallerRole.Technician, "PatronService/GetPatron", false)]
    [InlineData(CallerRole.Technician, "BanService/ListBans", false)]
    [InlineData(CallerRole.DataProtectionOfficer, "AuditService/Verify", true)]
    [InlineData(CallerRole.DataProtectionOfficer, "BanService/AddBan", false)]
    [InlineData(CallerRole.CameraViewer, "PatronService/GetPatron", false)]
    [InlineData(CallerRole.Robot, "PatronService/UpsertPatron", false)]
    [InlineData(CallerRole.Patron, "PatronService/GetPatron", false)]
    [InlineData(CallerRole.Node, "PatronService/GetPatron", false)]
    [InlineData(CallerRole.Visitor, "AccessService/AuthorizeEntry", false)]
    public void R40_A_role_reaches_what_its_duties_require(object role, string call, bool may) =>
        Assert.Equal(may, CallRights.MayCall((CallerRole)role, CallRights.Of(Package + call)));
}
