using KioskLink.Node.Desk;
using KioskLink.Node.Diagnostics;
using KioskLink.Node.Journal;
using KioskLink.Node.Outage;
using KioskLink.Node.Pages;
using KioskLink.Node.StaffSignIn;
using KioskLink.Node.Tests.Rig;
using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;
using KioskLink.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using NodaTime;

namespace KioskLink.Node.Tests.Desk;

/// <summary>What staff notes by hand at the desk, and what it reads of it afterwards.</summary>
public sealed class NoteDeskTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly NodeRig _node;
    private readonly SessionBook _sessions = new(TimeProvider.System);
    private readonly StaffSession _lempi = new("lempi", "7", [StaffRole.Librarian], [], withRegister: true, TimeProvider.System.GetUtcNow());
    private readonly NoteDesk _desk;

    public NoteDeskTests()
    {
        _node = new NodeRig(_folder, new TestAuthority()).Holding(Samples.Branch(), Samples.Adult());
        _desk = new NoteDesk(new ActDesk(_node.Parts), new TechnicianLog(_node.Parts.Journal, _ => ""));
    }

    public void Dispose()
    {
        _node.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_note_is_listed_with_the_end_of_the_card_and_the_account_and_stands_in_the_journal()
    {
        _sessions.Open(_lempi);

        var answer = await NoteAsync("loan", item: "301");

        Assert.Equal(("desk.noted.CheckOut", "301", true), (answer.Code, answer.Detail, answer.IsNoted));
        var noted = Assert.Single(Listed().Shown);
        Assert.Equal(("301", Samples.KnownCard[^4..], "7", "lempi", "desk.state.Waiting"), (noted.Named, noted.CardEnd, noted.By, noted.ByName, noted.State));
        Assert.StartsWith("staff 7: noted by hand: CheckOut ", Assert.Single(Journaled()).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_that_is_sent_twice_notes_once_and_one_that_was_changed_meanwhile_notes_nothing()
    {
        await NoteAsync("loan", item: "301", id: "one");
        var again = await NoteAsync("loan", item: "301", id: "one");
        var changed = await NoteAsync("loan", item: "302", id: "one");

        Assert.True(again.IsNoted);
        Assert.Equal(("desk.wrong.transaction_id", false), (changed.Code, changed.IsNoted));
        Assert.Equal("301", Assert.Single(_node.Parts.ActBook.All).Item);
        Assert.Single(Journaled());
    }

    [Theory]
    [InlineData("loan", "12", "301", "card_number", "desk.wrong.card_number")]
    [InlineData("loan", Samples.KnownCard, "", "item_id", "desk.wrong.item_id")]
    [InlineData("return", "", "a\u0007b", "item_id", "desk.wrong.item_id")]
    [InlineData("hold", Samples.KnownCard, "", "item_id", "desk.wrong.itemOrTitle")]
    public async Task What_cannot_be_is_refused_by_the_name_of_its_field(string kind, string card, string item, string field, string code)
    {
        var answer = await NoteAsync(kind, card, item);

        Assert.Equal((field, code), (answer.Wrong, answer.Code));
        Assert.Empty(_node.Parts.ActBook.All);
    }

    [Fact]
    public async Task What_happened_earlier_is_noted_with_its_time_and_a_loan_is_due_from_then()
    {
        var yesterday = _node.Parts.Clock.Now.InZone(Rules.Branches.OpeningCalendar.Zone).LocalDateTime.Date.PlusDays(-1) + new LocalTime(16, 40);

        await NoteAsync("loan", item: "301", happened: yesterday.ToString("uuuu-MM-dd'T'HH:mm", null));

        var act = Assert.Single(_node.Parts.ActBook.All);
        Assert.Equal((yesterday, true), (Assert.Single(Listed().Shown).At, act.Time.Trusted));
        Assert.Equal(yesterday.Date.PlusDays(_node.Parts.Replica.Branch!.OfflineLending.LoanDays), act.DueOn);
    }

    [Theory]
    [InlineData("2199-01-01T10:00")]
    [InlineData("2001-01-01T10:00")]
    [InlineData("yesterday")]
    public async Task A_time_that_lies_ahead_or_too_far_back_or_is_none_is_refused_by_its_field(string happened)
    {
        var answer = await NoteAsync("loan", item: "301", happened: happened);

        Assert.Equal((NoteDesk.TimeField, "desk.wrong.happened_time", "301", ""), (answer.Wrong, answer.Code, answer.Item, answer.HappenedAt));
        Assert.Empty(_node.Parts.ActBook.All);
    }

    [Fact]
    public void Every_field_that_a_note_may_be_wrong_in_has_words()
    {
        string[] fields = [NoteDesk.CardField, NoteDesk.ItemField, NoteDesk.BranchField, NoteDesk.TimeField, NoteDesk.IdField, "noted_by"];

        Assert.Empty(fields.Select(field => $"desk.wrong.{field}").Except(PageWords.In("fi").Keys));
    }

    [Theory]
    [InlineData("return", "")]
    [InlineData("loan", "301")]
    [InlineData("loan", Samples.KnownCard)]
    public async Task A_card_that_was_read_into_the_items_field_is_neither_kept_nor_shown_again(string kind, string card)
    {
        var answer = await NoteAsync(kind, card, item: Samples.KnownCard);

        Assert.False(answer.IsNoted);
        Assert.DoesNotContain(Samples.KnownCard, $"{answer}", StringComparison.Ordinal);
        Assert.Empty(_node.Parts.ActBook.All);
    }

    [Fact]
    public async Task The_end_of_a_card_is_forgotten_with_the_card_once_the_register_has_the_note()
    {
        await NoteAsync("loan", item: "301");

        await _node.Parts.ActBook.SettleAsync(1, ActState.Conflict, LoanReason.ItemOnLoan, _node.Parts.Clock.Now);

        var noted = Assert.Single(Listed().Shown);
        Assert.Equal(("", "desk.state.Conflict", "desk.reason.ItemOnLoan", "desk.mend.Conflict"), (noted.CardEnd, noted.State, noted.Reason, noted.Mend));
        Assert.Equal((0, 1), (Listed().Waiting, Listed().ToLookAt));
    }

    [Fact]
    public async Task A_hold_keeps_where_it_is_picked_up_and_a_name_is_listed_only_while_its_account_is_signed_in()
    {
        await NoteAsync("hold", item: "", title: "t-7", branch: "FI-Lh-Ahtiala");

        var noted = Assert.Single(Listed().Shown);
        Assert.Equal(("t-7", "FI-Lh-Ahtiala", "7", ""), (noted.Named, noted.PickUpBranch, noted.By, noted.ByName));
    }

    [Fact]
    public async Task A_branch_whose_book_is_full_says_so()
    {
        var branch = Samples.Branch();
        branch.Branch.OfflineLending = new OfflineLending { MaxActs = 1 };
        _node.Holding(branch, Samples.Adult());
        await NoteAsync("return", "", "301");

        var answer = await NoteAsync("return", "", "302");

        Assert.Equal(("desk.note.full", "1"), (answer.Code, answer.Detail));
    }

    [Theory]
    [InlineData("fi")]
    [InlineData("sv")]
    [InlineData("en")]
    public void Whatever_may_become_of_a_note_has_words(string language)
    {
        var reasons = Enum.GetValues<LoanReason>().Except([LoanReason.Unspecified, LoanReason.Done]).Select(reason => $"desk.reason.{reason}");
        var states = new[] { ActState.Waiting, ActState.Taken, ActState.Conflict, ActState.Refused }.Select(state => $"desk.state.{state}");

        Assert.Empty(reasons.Concat(states).Except(PageWords.In(language).Keys));
        Assert.Equal(PageWords.In("fi").Keys.Order(), PageWords.In(language).Keys.Order());
    }

    private IEnumerable<RecordOpen> Journaled() => _node.Parts.Journal.Read(1, 100).Select(SealedRecord.Open).Where(open => open.Kind == RecordKind.Technician);

    private NotedActs Listed() => new NotedBook(new ActDesk(_node.Parts), _sessions).Look();

    private Task<NoteAnswer> NoteAsync(string kind, string card = Samples.KnownCard, string item = "", string title = "", string branch = "", string? id = null, string happened = "") =>
        _desk.NoteAsync(NoteKind.All.Single(one => one.Word == kind), _lempi, new FormCollection(new Dictionary<string, StringValues>
        {
            [NoteDesk.CardField] = card,
            [NoteDesk.ItemField] = item,
            [NoteDesk.TitleField] = title,
            [NoteDesk.BranchField] = branch,
            [NoteDesk.TimeField] = happened,
            [NoteDesk.IdField] = id ?? Guid.NewGuid().ToString("N"),
        }));
}
