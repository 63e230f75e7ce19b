using Google.Protobuf.Reflection;
using Grpc.Core;
using KioskLink.Protos.Register.V1;

namespace KioskLink.Register.Tests.Camera;

/// <summary>The camera register finds nobody in a recording by a number: none stands in any of its texts (R67).</summary>
public sealed class CameraTextTests
{
    private const string Code = "an identity code", Card = "a library-card number", Plate = "a vehicle's registration number";

    // Each text that somebody writes, by the message that brings it.
    private static readonly string[] Texts =
    [
        "StartCameraSessionRequest.reason_text", "CameraRecord.matter", "CameraRecord.ground", "CameraRecord.outsider_name",
        "TakeCameraCopyRequest.description", "DeliverCameraCopyRequest.recipient_ref", "DestroyCameraCopyRequest.method",
        "DestroyCameraCopyRequest.undelivered_reason", "RevokeCameraGrantRequest.reason",
    ];

    // What names a branch, a camera, a row, an account or a choice; the names are those of accounts whatever the caller writes.
    private static readonly string[] Others =
    [
        "branch_id", "camera", "reason_code", "session_id", "copy_id", "grant_id", "recipient", "decider", "decided_by", "viewer_name",
    ];

    [Theory]
    [InlineData("The man with 010594Y9032 was seen", Code)]
    [InlineData("Card 24400000000019 was used", Card)]
    [InlineData("A car ABC-123 stood outside", Plate)]
    [InlineData("A car ABC 123 stood outside", Plate)]
    [InlineData("A car ABC123 stood outside", Plate)]
    [InlineData("A car abc-123 stood outside", Plate)]
    public async Task R67_No_text_of_the_register_holds_a_number_that_finds_somebody(string text, string kind)
    {
        await using var room = await CameraRoom.StartAsync(granted: false);
        var grant = await room.GrantAsync();
        await WrongAsync("reason_text", () => room.StartSessionAsync(start => start.ReasonText = text));
        var session = await room.StartSessionAsync();
        await WrongAsync("record.matter", () => room.CompleteAsync(session, record => record.Matter = text));
        await WrongAsync("record.ground", () => room.CompleteAsync(session, record => record.Ground = text));
        await WrongAsync("record.outsider_name", () => room.CompleteAsync(
            session, record => (record.OutsiderAsked, record.OutsiderName, record.OutsiderDecision) = (true, text, OutsiderDecision.Approved)));
        await WrongAsync("description", () => room.TakeCopyAsync(session, text));
        var copy = await room.TakeCopyAsync(session);
        await WrongAsync("recipient_ref", () => room.DeliverAsync(copy.Id, reference: text));
        await WrongAsync("method", () => room.DestroyAsync(copy.Id, "nobody came", text));
        await WrongAsync("undelivered_reason", () => room.DestroyAsync(copy.Id, text));
        await WrongAsync("reason", () => room.RevokeAsync(grant.Id, text));

        Task WrongAsync(string field, Func<Task> call) => Refusals.RefusedAsync(StatusCode.InvalidArgument, $"`{field}` holds {kind}", call);
    }

    [Fact]
    public void R67_Every_text_that_somebody_writes_is_among_those_that_are_tried()
    {
        MessageDescriptor[] messages =
        [
            StartCameraSessionRequest.Descriptor, CameraRecord.Descriptor, TakeCameraCopyRequest.Descriptor, DeliverCameraCopyRequest.Descriptor,
            DestroyCameraCopyRequest.Descriptor, RevokeCameraGrantRequest.Descriptor, LinkCameraEventRequest.Descriptor,
        ];
        var written = messages.SelectMany(message => message.Fields.InDeclarationOrder())
            .Where(field => field.FieldType == FieldType.String && !Others.Contains(field.Name) && field.Name is not ("attempt_id" or "node_id"))
            .Select(field => $"{field.ContainingType.Name}.{field.Name}");

        Assert.Equal(Texts.Order(StringComparer.Ordinal), written.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("The man with 010594Y9032 was seen", Code)]
    [InlineData("Card 24400000000019 was used", Card)]
    [InlineData("A car ABC-123 stood outside", Plate)]
    public async Task R67_A_camera_is_named_by_no_number_that_finds_somebody(string name, string kind)
    {
        await using var room = await CameraRoom.StartAsync();

        await Refusals.RefusedAsync(StatusCode.InvalidArgument, $"`camera` holds {kind}", () => room.StartSessionAsync(start => start.Camera = name));
    }

    [Theory]
    [InlineData("cam-1", "About the 12 books of 5.12. at 20.15")]
    [InlineData("ovi 2", "5530/R/12345/26 tells of three men and 250 euros")]
    public async Task A_camera_has_its_number_and_a_text_its_times_and_counts(string camera, string text)
    {
        await using var room = await CameraRoom.StartAsync();

        var session = await room.StartSessionAsync(start => (start.Camera, start.ReasonText) = (camera, text));

        Assert.Equal((camera, text), (session.Camera, session.ReasonText));
    }
}
