using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.PatronNotices;
using KioskLink.Register.Patrons;
using KioskLink.Register.Subjects;

namespace KioskLink.Register.Tests.PatronNotices;

/// <summary>A sent notice stands among the patron's messages and lies in the spool folder once, whatever stops the register.</summary>
public sealed class NoticeSendingTests
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    [Theory]
    [InlineData(NoticeChannel.Letter, "spool/letters/", ".txt")]
    [InlineData(NoticeChannel.Email, "spool/mail/", ".eml")]
    [InlineData(NoticeChannel.Sms, "spool/sms/", ".sms")]
    public async Task R21_A_sent_notice_is_a_file_of_its_owner_s_and_a_message_of_the_patron(NoticeChannel channel, string folder, string ending)
    {
        await using var room = await NoticeRoom.StartAsync(change: patron => patron.Notices = NoticeRoom.Prefer(NoticeKind.Overdue, channel));
        var shown = await room.RenderAsync(NoticeRoom.Notice(NoticeKind.Overdue));
        Assert.Empty(room.Messages());

        var sent = (await room.SendAsync(NoticeRoom.Notice(NoticeKind.Overdue))).Sent;

        Assert.Equal(sent.File, Assert.Single(room.Spooled()));
        Assert.StartsWith(folder, sent.File, StringComparison.Ordinal);
        Assert.EndsWith(ending, sent.File, StringComparison.Ordinal);
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(Path.Combine(room.Data, sent.File)));
        Assert.Equal(shown.File.Replace("preview@", "notice-1@", StringComparison.Ordinal), await File.ReadAllTextAsync(Path.Combine(room.Data, sent.File)));
        Assert.Contains(shown.Body, Assert.Single(room.Messages()), StringComparison.Ordinal);
        Assert.Equal(("notice-1", "librarian", channel), (sent.NoticeId, sent.SentBy, sent.Channel));
    }

    [Fact]
    public async Task A_repeated_call_sends_nothing_and_says_what_was_sent()
    {
        await using var room = await NoticeRoom.StartAsync();
        var first = await room.SendAsync(NoticeRoom.Notice(NoticeKind.PickUp));
        room.Register.Time.Advance(TimeSpan.FromDays(30));

        var second = await room.SendAsync(NoticeRoom.Notice(NoticeKind.PickUp));

        Assert.Equal((false, true, first.Sent), (first.RepeatedCall, second.RepeatedCall, second.Sent));
        Assert.Single(room.Spooled());
        Assert.Single(room.Messages());
        await Refusals.RefusedAsync(StatusCode.AlreadyExists, "NOTICE_ID_TAKEN", () => room.SendAsync(NoticeRoom.Notice(NoticeKind.Overdue)));
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "`notice_id`", () => room.SendAsync(NoticeRoom.Notice(NoticeKind.PickUp), "../x"));
    }

    [Fact]
    public async Task The_same_call_made_twice_at_once_sends_one()
    {
        await using var room = await NoticeRoom.StartAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => room.SendAsync(NoticeRoom.Notice(NoticeKind.Overdue)))));

        Assert.Single(answers, answer => !answer.RepeatedCall);
        Assert.Single(room.Spooled());
        Assert.Single(room.Messages());
    }

    [Fact]
    public async Task A_notice_on_record_whose_file_a_stop_left_aside_is_released_at_the_start_and_any_other_file_is_dropped()
    {
        await using var room = await NoticeRoom.StartAsync();
        var sent = (await room.SendAsync(NoticeRoom.Notice(NoticeKind.Overdue))).Sent;
        var aside = Path.Combine(room.Data, "spool/aside", Path.GetFileName(sent.File));
        File.Move(Path.Combine(room.Data, sent.File), aside);
        room.Register.Service<Spool>().Prepare(Spool.NewFile(NoticeChannel.Sms), "of no notice on record");
        Assert.Equal(2, room.Spooled().Count);

        Assert.Equal(1, room.Recover());

        Assert.Equal([sent.File], room.Spooled());
        Assert.Equal(0, room.Recover());
    }

    [Fact]
    public async Task R75_An_erasure_takes_a_patron_s_notices_and_the_files_that_nobody_has_fetched()
    {
        await using var room = await NoticeRoom.StartAsync();
        await room.SendAsync(NoticeRoom.Notice(NoticeKind.Overdue));
        await room.Register.PatronAsync("10002", 2, patron => patron.Contact = new Contact { Email = "other@test.example" });
        var other = (await room.SendAsync(NoticeRoom.Notice(NoticeKind.Overdue, change: notice => notice.CustomerId = "10002"), "notice-2")).Sent;
        var store = room.Register.Service<IEnumerable<ISubjectStore>>().Single(store => store.Tables.Contains("sent_notices"));
        var patron = Patron(room);

        using (var db = room.Register.Core.Store.Read())
        {
            var part = Assert.Single(store.Export(db, patron));
            Assert.Contains(part.Values, value => value is { Name: "channel", Value: "Email" });
        }

        await room.Register.Core.Lane.WriteAsync(scope => store.Erase(scope, patron));
        await room.Register.Service<NoticeFiles>().SettleAsync(CancellationToken.None);

        Assert.Equal([other.File], room.Spooled());
        Assert.Empty((await ListAsync(room, "")).Notices);
    }

    private static PatronRow Patron(NoticeRoom room)
    {
        using var db = room.Register.Core.Store.Read();
        return PatronWriter.Find(db, "lastu", NoticeRoom.Customer)!;
    }

    [Fact]
    public async Task Sent_notices_are_listed_newest_first_in_pages()
    {
        await using var room = await NoticeRoom.StartAsync();
        foreach (var id in new[] { "a", "b", "c" })
        {
            await room.SendAsync(NoticeRoom.Notice(NoticeKind.Overdue), id);
            room.Register.Time.Advance(TimeSpan.FromSeconds(id == "a" ? 0 : 1));
        }

        var first = await ListAsync(room, "");
        var second = await ListAsync(room, first.NextPageToken);

        Assert.Equal(["c", "a", "b"], first.Notices.Concat(second.Notices).Select(notice => notice.NoticeId));
        Assert.Equal("", second.NextPageToken);
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "page_token", () => Task.Run(() => ListAsync(room, "x")));
    }

    private static Task<ListPatronNoticesResponse> ListAsync(NoticeRoom room, string token) =>
        room.Service.ListPatronNotices(new ListPatronNoticesRequest { CustomerId = NoticeRoom.Customer, PageSize = 2, PageToken = token }, NoticeRoom.Librarian);
}
