using KioskLink.Protos.Register.V1;
using KioskLink.Register.Camera;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Tests.Camera;

/// <summary>A reference to a recording belongs to the person whose entry it points at: it is given out and erased with the rest.</summary>
public sealed class CameraSubjectTests
{
    [Fact]
    public async Task R61_R74_An_export_tells_which_recordings_were_linked_to_the_persons_entries_and_nobody_elses()
    {
        await using var room = await LinkedAsync();

        var export = await ExportAsync(room);

        var json = export.DocumentJson.ToStringUtf8();
        Assert.Contains("\"camera-references\"", json, StringComparison.Ordinal);
        Assert.Single(json.Split("\"record\": \"camera-reference\"").Skip(1));
        Assert.Contains("\"viewed_because_of\": \"crime\"", json, StringComparison.Ordinal);
        Assert.Contains("\"recording_vanishes\": \"2026-12-15T10:00:00Z\"", json, StringComparison.Ordinal);
        Assert.DoesNotContain("Testi Katselija", json, StringComparison.Ordinal);
        var html = System.Net.WebUtility.HtmlDecode(export.DocumentHtml.ToStringUtf8());
        Assert.Contains("Ställen i inspelningar som hör till dina besök", html, StringComparison.Ordinal);
        Assert.Contains("Inspelningen raderas</th><td>15.12.2026 12.00", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task R61_R75_An_erasure_takes_the_persons_references_and_leaves_those_of_others()
    {
        await using var room = await LinkedAsync();
        var rights = room.Register.Service<Register.Rights.DataSubjectService>();
        var asked = await rights.OpenRequest(
            new OpenRequestRequest { CustomerId = "10001", Kind = RequestKind.Erase, Channel = "desk", IdentifiedBy = "in-person-id-document" }, TestCall.Admin());

        await rights.EraseSubject(new EraseSubjectRequest { RequestId = asked.Request.Id, Reason = "wish" }, TestCall.Admin());

        await using var db = room.Register.Core.Store.Read();
        Assert.Equal(["two"], db.Set<ReferenceRow>().Select(row => row.AttemptId));
    }

    // Two persons who came in, each entry linked to a moment of a recording.
    private static async Task<CameraRoom> LinkedAsync()
    {
        var room = await CameraRoom.StartAsync();
        var session = await room.StartSessionAsync();
        foreach (var (customer, card, attempt) in new[] { ("10001", 1, "one"), ("20002", 2, "two") })
        {
            await room.Register.EnterAsync(await room.Register.PatronAsync(customer, card), attempt: attempt);
            await room.Register.NotedAsync(attempt);
            await room.Service.LinkCameraEvent(new LinkCameraEventRequest { SessionId = session.Id, AttemptId = attempt }, CameraRoom.Of(CameraRoom.Viewer));
        }

        return room;
    }

    private static async Task<ExportSubjectResponse> ExportAsync(CameraRoom room)
    {
        var rights = room.Register.Service<Register.Rights.DataSubjectService>();
        var asked = await rights.OpenRequest(
            new OpenRequestRequest { CustomerId = "10001", Kind = RequestKind.Inspect, Channel = "desk", IdentifiedBy = "in-person-id-document" }, TestCall.Admin());
        return await rights.ExportSubject(new ExportSubjectRequest { RequestId = asked.Request.Id, Language = Wire.Language.Sv }, TestCall.Admin());
    }
}
