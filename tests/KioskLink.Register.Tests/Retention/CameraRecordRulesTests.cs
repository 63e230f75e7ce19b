using KioskLink.Register.Camera;
using KioskLink.Register.Retention;
using KioskLink.Register.Tests.Camera;

namespace KioskLink.Register.Tests.Retention;

/// <summary>Copies and viewings of the camera register at their boundary: two years, by Helsinki dates, after noon of 1 December 2026.</summary>
public sealed class CameraRecordRulesTests
{
    [Theory]
    [InlineData("2028-11-29T22:00:00Z", 1)]
    [InlineData("2028-11-30T21:59:59Z", 1)]
    [InlineData("2028-11-30T22:00:00Z", 0)]
    [InlineData("2028-12-01T22:00:00Z", 0)]
    public async Task R62_The_chain_of_a_copy_goes_two_years_after_its_destruction_and_not_a_day_before(string at, int left)
    {
        await using var room = await CameraRoom.StartAsync();
        var copy = await room.TakeCopyAsync(await room.ViewAsync());
        await room.DeliverAsync(copy.Id);
        await room.DestroyAsync(copy.Id);

        await OtherRulesTests.RunAsync(room.Register, RetentionRules.CameraCopies, at);

        await using var db = room.Register.Core.Store.Read();
        Assert.Equal(left, db.Set<CopyRow>().Count());
    }

    [Fact]
    public async Task R62_A_copy_that_is_not_destroyed_stays_however_old_it_is()
    {
        await using var room = await CameraRoom.StartAsync();
        var session = await room.ViewAsync();
        await room.DeliverAsync((await room.TakeCopyAsync(session)).Id);
        await room.TakeCopyAsync(session);

        var run = await OtherRulesTests.RunAsync(room.Register, RetentionRules.CameraCopies, "2040-01-01T00:00:00Z");

        Assert.Equal(0, run.Counts.Single().Number);
        await using var db = room.Register.Core.Store.Read();
        Assert.Equal(2, db.Set<CopyRow>().Count());
    }

    [Theory]
    [InlineData("2028-11-29T22:00:00Z", 1)]
    [InlineData("2028-11-30T21:59:59Z", 1)]
    [InlineData("2028-11-30T22:00:00Z", 0)]
    [InlineData("2028-12-01T22:00:00Z", 0)]
    public async Task R71_A_viewing_goes_two_years_after_its_record_and_not_a_day_before(string at, int left)
    {
        await using var room = await CameraRoom.StartAsync();
        await room.ViewAsync();

        await OtherRulesTests.RunAsync(room.Register, RetentionRules.CameraSessions, at);

        await using var db = room.Register.Core.Store.Read();
        Assert.Equal(left, db.Set<SessionRow>().Count());
    }

    [Fact]
    public async Task R70_R71_A_viewing_without_a_record_or_with_a_copy_stays_and_the_dry_run_tells_of_the_copy()
    {
        await using var room = await CameraRoom.StartAsync();
        await room.TakeCopyAsync(await room.ViewAsync());
        await room.ViewAsync();
        await room.StartSessionAsync();

        var run = await OtherRulesTests.RunAsync(room.Register, RetentionRules.CameraSessions, "2040-01-01T00:00:00Z");

        Assert.Equal([("viewings", 1L), ("kept: a copy or a recording of the viewing is still on record", 1L)], run.Counts.Select(count => (count.What, count.Number)));
        await using var db = room.Register.Core.Store.Read();
        Assert.Equal(2, db.Set<SessionRow>().Count());
    }
}
