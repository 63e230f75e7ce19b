using KioskLink.Protos.Register.V1;
using KioskLink.Testing;

namespace KioskLink.Cli;

public sealed class MessageCommandsTests : FakeServerTest
{
    private const string Notice = """
        { "customerId": "1001", "kind": "NOTICE_KIND_OVERDUE", // late
          "items": [ { "title": "Teos", "dueOn": "2026-12-01" } ] }
        """;

    [Fact]
    public async Task A_notice_is_shown_as_it_would_be_sent()
    {
        using var folder = new TempFolder();
        Script.On<RenderPatronNoticeRequest>(request => new RenderPatronNoticeResponse
        {
            Rendered = new RenderedNotice { Channel = NoticeChannel.Email, Subject = "Lainasi on myöhässä", Body = $"Hei!\n- {request.Notice.Items[0].Title}\n" },
        });

        var printed = await Server.Run("message", "render", folder.Write("notice.json", Notice));

        Assert.Equal((0, ""), (printed.Code, printed.Errors));
        Assert.Contains("Lainasi on myöhässä", printed.Output, StringComparison.Ordinal);
        Assert.Contains("- Teos", printed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_notice_is_sent_under_an_id_that_is_new_unless_it_is_given()
    {
        using var folder = new TempFolder();
        var file = folder.Write("notice.json", Notice);
        Script.On<SendPatronNoticeRequest>(request => new SendPatronNoticeResponse { Sent = new SentNotice { NoticeId = request.NoticeId } });

        await Server.Run("message", "send", file, "--id", "n-1");
        await Server.Run("message", "send", file);
        await Server.Run("message", "send", file);

        var ids = Script.Requests<SendPatronNoticeRequest>().Select(request => request.NoticeId).ToList();
        Assert.Equal("n-1", ids[0]);
        Assert.Equal(3, ids.Distinct().Count());
    }

    [Fact]
    public async Task The_notices_of_a_patron_are_listed_and_a_wrong_file_is_2()
    {
        using var folder = new TempFolder();
        Script.On<ListPatronNoticesRequest>(request => new ListPatronNoticesResponse { Notices = { new SentNotice { NoticeId = request.CustomerId, Kind = NoticeKind.PickUp } } });

        var printed = await Server.Run("message", "list", "1001", "--json");

        Assert.Equal("PICK_UP", (string?)printed.Json["notices"]![0]!["kind"]);
        Assert.Equal(2, (await Server.Run("message", "send", folder.Write("wrong.json", """{ "customer": "1001" }"""))).Code);
        Assert.Empty(Script.Requests<SendPatronNoticeRequest>());
    }
}
