using System.Text;
using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.PatronNotices;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Tests.PatronNotices;

/// <summary>Notices by the channel that the patron chose and in the patron's language.</summary>
public sealed class NoticeRenderingTests
{
    public static TheoryData<NoticeKind> Kinds => new(NoticeKind.PickUp, NoticeKind.DueDate, NoticeKind.Overdue, NoticeKind.Invoice);

    [Theory]
    [InlineData(NoticeChannel.Letter)]
    [InlineData(NoticeChannel.Email)]
    [InlineData(NoticeChannel.Sms)]
    public async Task R20_A_notice_goes_by_the_channel_that_the_patron_chose_for_its_kind(NoticeChannel channel)
    {
        await using var room = await NoticeRoom.StartAsync(change: patron => patron.Notices = NoticeRoom.Prefer(NoticeKind.Overdue, channel));

        Assert.Equal(channel, (await room.RenderAsync(NoticeRoom.Notice(NoticeKind.Overdue))).Channel);
        Assert.Equal(NoticeChannel.Email, (await room.RenderAsync(NoticeRoom.Notice(NoticeKind.Invoice))).Channel);
    }

    [Fact]
    public async Task R20_A_patron_who_wants_no_due_date_notices_gets_none_but_invoices()
    {
        await using var room = await NoticeRoom.StartAsync(change: patron => patron.Notices = NoticeRoom.Prefer(NoticeKind.DueDate, NoticeChannel.None));

        await Refusals.RefusedAsync(StatusCode.FailedPrecondition, "UNWANTED", () => room.SendAsync(NoticeRoom.Notice(NoticeKind.DueDate)));
        Assert.Empty(room.Spooled());
        await room.SendAsync(NoticeRoom.Notice(NoticeKind.Invoice));
        Assert.Single(room.Spooled());
    }

    [Theory]
    [InlineData(Wire.Language.Fi, "Varauksesi on noudettavissa", "2 varaustasi on noudettavissa", "8.12.2026")]
    [InlineData(Wire.Language.Sv, "Din reservation kan hämtas", "2 av dina reservationer kan hämtas", "8.12.2026")]
    [InlineData(Wire.Language.En, "Your hold is ready to be picked up", "2 of your holds are ready to be picked up", "8 December 2026")]
    [InlineData(Wire.Language.Unspecified, "Varauksesi on noudettavissa", "2 varaustasi on noudettavissa", "8.12.2026")]
    public async Task R20_A_notice_speaks_the_patron_s_language_with_its_plural_and_date_forms(Wire.Language language, string one, string two, string date)
    {
        await using var room = await NoticeRoom.StartAsync(language);

        var (single, several) = (await room.RenderAsync(NoticeRoom.Notice(NoticeKind.PickUp)), await room.RenderAsync(NoticeRoom.Notice(NoticeKind.PickUp, items: 2)));

        Assert.Equal((one, two), (single.Subject, several.Subject));
        Assert.Contains(date, single.Body, StringComparison.Ordinal);
        Assert.Contains("- Teos 2\n", several.Body, StringComparison.Ordinal);
        Assert.Contains(TestRegister.Main, single.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Wire.Language.Fi, "1\u00A0234,50\u00A0€", "1\u00A0239,50\u00A0€")]
    [InlineData(Wire.Language.Sv, "1\u00A0234,50\u00A0€", "1\u00A0239,50\u00A0€")]
    [InlineData(Wire.Language.En, "€1,234.50", "€1,239.50")]
    public async Task R20_An_invoice_names_prices_fees_and_their_total(Wire.Language language, string price, string total)
    {
        await using var room = await NoticeRoom.StartAsync(language);

        var invoice = await room.RenderAsync(NoticeRoom.Notice(NoticeKind.Invoice));

        Assert.Contains(price, invoice.Body, StringComparison.Ordinal);
        Assert.Contains(total, invoice.Body, StringComparison.Ordinal);
        Assert.Contains("L-77", invoice.Subject, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task R20_No_notice_holds_an_identity_code_in_any_channel_or_language(NoticeKind kind)
    {
        foreach (var language in new[] { Wire.Language.Fi, Wire.Language.Sv, Wire.Language.En })
        {
            foreach (var channel in new[] { NoticeChannel.Letter, NoticeChannel.Email, NoticeChannel.Sms })
            {
                await using var room = await NoticeRoom.StartAsync(language, patron => patron.Notices = NoticeRoom.Prefer(kind, channel));
                var notice = await room.RenderAsync(NoticeRoom.Notice(kind, items: 2));

                foreach (var text in new[] { notice.File, notice.Body, notice.Subject, Decoded(notice) })
                {
                    Assert.DoesNotContain(NoticeRoom.IdentityCode, text, StringComparison.Ordinal);
                    Assert.DoesNotContain("9032", text, StringComparison.Ordinal);
                    Assert.DoesNotContain('{', text);
                }
            }
        }
    }

    [Fact]
    public async Task R20_A_title_or_invoice_number_with_an_identity_code_is_refused()
    {
        await using var room = await NoticeRoom.StartAsync();

        await WrongAsync(room, "notice.items.title", NoticeRoom.Notice(NoticeKind.Overdue, change: notice => notice.Items[0].Title = $"Kirja {NoticeRoom.IdentityCode}"));
        await WrongAsync(room, "notice.invoice_number", NoticeRoom.Notice(NoticeKind.Invoice, change: notice => notice.InvoiceNumber = NoticeRoom.IdentityCode));
    }

    [Fact]
    public async Task R20_An_e_mail_is_a_whole_message_that_nobody_can_add_headers_to()
    {
        await using var room = await NoticeRoom.StartAsync(Wire.Language.Sv);

        var mail = await room.RenderAsync(NoticeRoom.Notice(NoticeKind.Overdue, items: 2));
        var (head, body) = (mail.File[..mail.File.IndexOf("\r\n\r\n", StringComparison.Ordinal)], mail.File[(mail.File.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]);

        Assert.Equal(
            ["From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type", "Content-Transfer-Encoding", "Content-Language", "Auto-Submitted"],
            head.Split("\r\n").Where(line => line[0] != ' ').Select(line => line.Split(':')[0]));
        Assert.Contains("To: <aino@test.example>", head, StringComparison.Ordinal);
        Assert.Contains("Date: Tue, 01 Dec 2026 10:00:00 +0000", head, StringComparison.Ordinal);
        Assert.Contains("Content-Language: sv", head, StringComparison.Ordinal);
        Assert.All(mail.File.Split("\r\n"), line => Assert.True(line.Length <= 78 && line.All(letter => letter < 128)));
        Assert.Equal(mail.Body, Encoding.UTF8.GetString(Convert.FromBase64String(body.Replace("\r\n", "", StringComparison.Ordinal))).Replace("\r\n", "\n", StringComparison.Ordinal));
        await WrongAsync(room, "notice.items.title", NoticeRoom.Notice(NoticeKind.Overdue, change: notice => notice.Items[0].Title = "x\r\nBcc: all@test.example"));
    }

    [Fact]
    public async Task R20_A_letter_has_its_address_window_and_a_text_message_only_what_a_stranger_may_read()
    {
        await using var letters = await NoticeRoom.StartAsync(change: patron => patron.Notices = NoticeRoom.Prefer(NoticeKind.Overdue, NoticeChannel.Letter));
        await using var messages = await NoticeRoom.StartAsync(change: patron => patron.Notices = NoticeRoom.Prefer(NoticeKind.Overdue, NoticeChannel.Sms));

        var letter = (await letters.RenderAsync(NoticeRoom.Notice(NoticeKind.Overdue))).File;
        var message = (await messages.RenderAsync(NoticeRoom.Notice(NoticeKind.Overdue))).File;

        Assert.Contains("Aino Testi Koivunen\nTestikatu 1 A 2\n15110 Lahti\n", letter, StringComparison.Ordinal);
        Assert.StartsWith("To: 358401234567\nAlphabet: UTF-8\n\n", message, StringComparison.Ordinal);
        Assert.DoesNotContain("Teos", message, StringComparison.Ordinal);
        Assert.DoesNotContain("Aino", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task R20_A_patron_without_any_address_is_told_of()
    {
        await using var room = await NoticeRoom.StartAsync(change: patron => patron.Contact = null);

        await Refusals.RefusedAsync(StatusCode.FailedPrecondition, "UNREACHABLE", () => room.RenderAsync(NoticeRoom.Notice(NoticeKind.PickUp)));
    }

    [Fact]
    public void Every_template_fills_in_every_language_for_one_and_for_many()
    {
        foreach (var kind in EveryKind())
        {
            var template = NoticeTemplates.Shipped.Of(kind);
            LocalTextsOf(template).ForEach(text => Assert.True(text.IsWhole()));
        }
    }

    [Fact]
    public async Task Impossible_notices_are_told_by_their_field_and_nothing_is_sent()
    {
        await using var room = await NoticeRoom.StartAsync();

        await WrongAsync(room, "notice.kind", NoticeRoom.Notice(NoticeKind.Unspecified));
        await WrongAsync(room, "notice.items", NoticeRoom.Notice(NoticeKind.Overdue, items: 0));
        await WrongAsync(room, "notice.items", NoticeRoom.Notice(NoticeKind.Overdue, items: 0, notice => notice.Items.AddRange(Enumerable.Repeat(new PatronNoticeItem { Title = "x", DueOn = "2026-12-01" }, 201))));
        await WrongAsync(room, "notice.items.due_on", NoticeRoom.Notice(NoticeKind.Overdue, change: notice => notice.Items[0].DueOn = "2026-02-30"));
        await WrongAsync(room, "notice.items.due_on", NoticeRoom.Notice(NoticeKind.DueDate, change: notice => notice.Items[0].DueOn = ""));
        await WrongAsync(room, "notice.items.price_cents", NoticeRoom.Notice(NoticeKind.Invoice, change: notice => notice.Items[0].PriceCents = -1));
        await WrongAsync(room, "notice.fee_cents", NoticeRoom.Notice(NoticeKind.PickUp, change: notice => notice.FeeCents = 1));
        await WrongAsync(room, "notice.branch_id", NoticeRoom.Notice(NoticeKind.PickUp, change: notice => notice.BranchId = "FI-Nowhere"));
        await WrongAsync(room, "notice.pick_up_by", NoticeRoom.Notice(NoticeKind.PickUp, change: notice => notice.PickUpBy = "2026-11-30"));
        await WrongAsync(room, "notice.invoice_due_on", NoticeRoom.Notice(NoticeKind.Invoice, change: notice => notice.InvoiceDueOn = ""));
        await Refusals.RefusedAsync(StatusCode.NotFound, "patron", () => room.SendAsync(NoticeRoom.Notice(NoticeKind.PickUp, change: notice => notice.CustomerId = "nobody")));
        Assert.Empty(room.Spooled());
        Assert.Empty(room.Messages());
    }

    private static IReadOnlyList<NoticeKind> EveryKind() => Register.Contacts.NoticeChannels.Kinds;

    private static Task WrongAsync(NoticeRoom room, string field, PatronNotice notice) => Refusals.RefusedAsync(StatusCode.InvalidArgument, $"`{field}`", () => room.SendAsync(notice));

    private static string Decoded(RenderedNotice notice) => notice.Channel == NoticeChannel.Email
        ? Encoding.UTF8.GetString(Convert.FromBase64String(notice.File[(notice.File.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..].Replace("\r\n", "", StringComparison.Ordinal)))
        : notice.File;

    private static List<Register.Profiles.LocalText> LocalTextsOf(NoticeTemplate template) =>
    [
        template.Subject.One, template.Subject.Other, template.Intro.One, template.Intro.Other, template.Item, template.Short.One, template.Short.Other, .. template.Closing,
        .. new[] { template.Subject.None, template.Intro.None, template.Short.None }.OfType<Register.Profiles.LocalText>(),
    ];
}
