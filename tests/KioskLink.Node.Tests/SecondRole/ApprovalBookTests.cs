using KioskLink.Node.SecondRole;

namespace KioskLink.Node.Tests.SecondRole;

/// <summary>What a second person may approve, and for how long.</summary>
public class ApprovalBookTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public void What_is_asked_runs_only_once_a_second_person_approves_it_and_for_15_minutes()
    {
        var book = ApprovalBook.Empty.Ask(Asked("a"))!;
        Assert.Null(Running(book, "a", Minute));

        (book, var result) = book.Answer("a", approved: true, "1001", "for the installer", Minute);

        Assert.Equal(AnswerResult.Approved, result);
        Assert.NotNull(Running(book, "a", 15.9 * Minute));
        Assert.Null(Running(book, "a", 16 * Minute));
    }

    [Fact]
    public void Who_asked_never_approves()
    {
        var (book, result) = ApprovalBook.Empty.Ask(Asked("a"))!.Answer("a", approved: true, "1000", "myself", Minute);

        Assert.Equal(AnswerResult.SamePerson, result);
        Assert.Null(Running(book, "a", Minute));
    }

    [Fact]
    public void An_approval_is_for_one_line_and_one_act()
    {
        var (book, _) = ApprovalBook.Empty.Ask(Asked("a"))!.Answer("a", approved: true, "1001", "", Minute);

        Assert.Null(book.Running("a", ApprovalAct.UnmaskedTrace, "bus1", Minute));
        Assert.Null(book.Running("a", ApprovalAct.VirtualCard, "bus0", Minute));
    }

    [Fact]
    public void A_question_that_nobody_answers_in_15_minutes_cannot_be_approved_any_more() =>
        Assert.Equal(AnswerResult.Over, ApprovalBook.Empty.Ask(Asked("a"))!.Answer("a", approved: true, "1001", "", 15 * Minute).Result);

    [Fact]
    public void A_refusal_ends_what_runs_and_nothing_revives_it()
    {
        var (book, _) = ApprovalBook.Empty.Ask(Asked("a"))!.Answer("a", approved: true, "1001", "", Minute);

        (book, var result) = book.Answer("a", approved: false, "1002", "enough", 2 * Minute);

        Assert.Equal(AnswerResult.Withdrawn, result);
        Assert.Null(Running(book, "a", 2 * Minute));
        Assert.Equal(AnswerResult.Over, book.Answer("a", approved: true, "1001", "", 3 * Minute).Result);
    }

    [Fact]
    public void Sixteen_may_be_open_and_what_is_over_makes_room()
    {
        var book = Enumerable.Range(0, ApprovalBook.Limit).Aggregate(ApprovalBook.Empty, (filled, number) => filled.Ask(Asked($"{number}"))!);
        Assert.Null(book.Ask(Asked("more")));

        (book, _) = book.Answer("0", approved: false, "1001", "", Minute);

        Assert.NotNull(book.Ask(Asked("more")));
    }

    private static Approval? Running(ApprovalBook book, string id, TimeSpan now) => book.Running(id, ApprovalAct.UnmaskedTrace, "bus0", now);

    private static Approval Asked(string id) =>
        new() { Id = id, Act = ApprovalAct.UnmaskedTrace, Subject = "bus0", Reason = "a card is not read", AskedBy = "1000", AskedAt = TimeSpan.Zero };
}
