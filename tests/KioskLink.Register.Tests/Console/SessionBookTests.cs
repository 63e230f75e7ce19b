using KioskLink.Register.Console;
using KioskLink.Register.Console.Sessions;
using KioskLink.Testing;

namespace KioskLink.Register.Tests.Console;

/// <summary>How sessions of the console begin and end.</summary>
public sealed class SessionBookTests
{
    private static readonly TimeSpan IdleMax = TimeSpan.FromMinutes(15);
    private readonly VirtualTime _time = new();

    [Fact]
    public void A_session_ends_when_its_user_does_nothing()
    {
        var (book, key) = Opened(max: 10);
        _time.Advance(IdleMax);
        Assert.NotNull(book.Find(key, touch: true));
        _time.Advance(IdleMax);
        Assert.NotNull(book.Find(key, touch: true));
        _time.Advance(IdleMax + TimeSpan.FromSeconds(1));
        Assert.Null(book.Find(key, touch: true));
    }

    [Fact]
    public void A_live_page_keeps_no_session_awake()
    {
        var (book, key) = Opened(max: 10);
        _time.Advance(IdleMax);
        Assert.NotNull(book.Find(key, touch: false));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(book.Find(key, touch: false));
    }

    [Fact]
    public void A_session_ends_after_a_working_day_however_busy_it_is()
    {
        var (book, key) = Opened(max: 10);
        for (var spent = TimeSpan.Zero; spent < ConsoleLimits.SessionMax; spent += IdleMax)
        {
            Assert.NotNull(book.Find(key, touch: true));
            _time.Advance(IdleMax);
        }

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(book.Find(key, touch: true));
    }

    [Fact]
    public void A_full_book_ends_the_session_that_was_idle_longest()
    {
        var (book, first) = Opened(max: 2);
        _time.Advance(TimeSpan.FromSeconds(1));
        var second = book.Open(Session());
        _time.Advance(TimeSpan.FromSeconds(1));
        book.Find(first, touch: true);
        var third = book.Open(Session());
        Assert.Equal((true, false, true), (book.Find(first, false) is not null, book.Find(second, false) is not null, book.Find(third, false) is not null));
    }

    [Fact]
    public void A_session_has_so_many_live_pages_and_no_more()
    {
        var session = Session();
        for (var page = 0; page < ConsoleLimits.StreamsPerSessionMax; page++) Assert.True(session.TryOpenStream());
        Assert.False(session.TryOpenStream());
        session.CloseStream();
        Assert.True(session.TryOpenStream());
    }

    private (SessionBook Book, string Key) Opened(int max)
    {
        var book = new SessionBook(max, IdleMax, _time);
        return (book, book.Open(Session()));
    }

    private ConsoleSession Session() => new(SessionKind.Staff, "token", "Maija", [], _time.GetUtcNow());
}
