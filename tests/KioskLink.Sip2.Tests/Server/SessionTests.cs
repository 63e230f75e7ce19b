using KioskLink.Sip2.Circulation;
using KioskLink.Sip2.Server;
using KioskLink.Sip2.Wire;

namespace KioskLink.Sip2.Tests.Server;

public sealed class SessionTests
{
    private const string Time = "20261121    233000", Card = MemoryCirculation.Card;
    private const string Ask63 = $"63007{Time}          AOKIRJ|AA{Card}|AC|AD{MemoryCirculation.Pin}|";
    private const string Login = "9300CNkiosk1|COs3cret|CPHALL|";

    private static readonly SessionRules MustLogIn = new() { LoginRequired = true };

    [Fact]
    public void An_answer_has_check_digits_exactly_when_the_request_had_them()
    {
        var session = new CoreSession();
        Assert.Equal("98YYYYNY10000320261121    2330002.00AOKIRJ|BXYYYYYYYYYYYYNYYY|", session.Say("9900802.00"));
        Assert.EndsWith("|AY10AZ", session.Say(CoreSession.Checked("9900802.00", "10"))[..^4], StringComparison.Ordinal);
        Assert.Equal(FrameCheck.Right, CheckOf(session.Last.Bytes!));
    }

    [Fact]
    public void A_retransmission_is_answered_with_the_same_bytes_and_nothing_is_done_twice()
    {
        var session = new CoreSession();
        var checkout = CoreSession.Checked($"11YN{Time}{Time}AOKIRJ|AA{Card}|ABITEM1|AC|AD{MemoryCirculation.Pin}|BON|BIN|", "5");
        var first = session.Say(checkout);
        session.Running = TimeSpan.FromSeconds(20);
        Assert.StartsWith("121NUY", first, StringComparison.Ordinal);
        Assert.Equal(first, session.Say(checkout));
        Assert.Equal(SessionEvent.SentAgain, session.Last.Event);
        Assert.Single(session.Circulation.Questions);
    }

    [Fact]
    public void A_lazy_machine_that_gives_every_message_the_same_number_is_answered_anew()
    {
        var session = new CoreSession();
        session.Say(CoreSession.Checked(Ask63, "0"));
        session.Say(CoreSession.Checked(Ask63.Replace("233000", "233001", StringComparison.Ordinal), "0"));
        Assert.Equal(2, session.Circulation.Questions.Count);
        session.Running = TimeSpan.FromSeconds(31);
        session.Say(CoreSession.Checked(Ask63.Replace("233000", "233001", StringComparison.Ordinal), "0"));
        Assert.Equal(3, session.Circulation.Questions.Count);
    }

    [Fact]
    public void The_same_message_without_check_digits_is_no_retransmission()
    {
        var session = new CoreSession();
        session.Say(Ask63);
        session.Say(Ask63);
        Assert.Equal(2, session.Circulation.Questions.Count);
    }

    [Fact]
    public void A_damaged_message_is_asked_for_again_and_not_executed()
    {
        var session = new CoreSession();
        Assert.Equal("96AZFEF6", session.Say(CoreSession.Checked(Ask63, "1").Replace("KIRJ", "KIRI", StringComparison.Ordinal)));
        Assert.Empty(session.Circulation.Questions);
        Assert.Equal("96AZFEF6", session.Say("97AZFEF5"));
    }

    [Fact]
    public void Ninety_seven_gets_the_last_answer_again_whatever_it_was()
    {
        var session = new CoreSession();
        Assert.Equal("96", session.Say("97"));
        Assert.Equal("96", session.Say("97"));
        var answer = session.Say(CoreSession.Checked(Ask63, "3"));
        Assert.Equal(answer, session.Say("97AZFEF5"));
        Assert.Equal(answer, session.Say("97"));
        Assert.Single(session.Circulation.Questions);
    }

    [Theory]
    [InlineData(UnknownCommandRule.Ignore, "")]
    [InlineData(UnknownCommandRule.AskAgain, "96")]
    public void An_unknown_command_is_ignored_or_asked_for_again_and_never_ends_the_session(object rule, string answer)
    {
        var session = new CoreSession(new DeviceProfile { Institution = "KIRJ", UnknownCommands = (UnknownCommandRule)rule });
        foreach (var unknown in new[] { "42hello", "98YYYYYY", "hello", "GET / HTTP/1.1", "96" })
            Assert.Equal(answer, session.Say(unknown));
        Assert.StartsWith("64", session.Say(Ask63), StringComparison.Ordinal);
    }

    [Fact]
    public void A_profile_may_insist_on_check_digits()
    {
        var session = new CoreSession(new DeviceProfile { Institution = "KIRJ", ErrorDetectionRequired = true });
        Assert.Equal("96AZFEF6", session.Say(Ask63));
        Assert.StartsWith("64", session.Say(CoreSession.Checked(Ask63, "1")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_login_gives_the_session_its_profile()
    {
        var session = new CoreSession(rules: MustLogIn);
        session.Circulation.Profiles["kiosk1"] = ("s3cret", new DeviceProfile { Institution = "ITÄ", Style = new(TextEncoding.Cp850, Terminator.CrLf) });
        Assert.Equal("941\r\n"u8.ToArray(), session.SayBytes("9300CNkiosk1|COs3cret|"u8.ToArray()));
        Assert.Contains("AOIT\u008E|", session.Say(Ask63.Replace("KIRJ", "", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Equal("kiosk1", session.Question<PatronQuestion>().Asker.Login);
        Assert.Equal("ITÄ", session.Question<PatronQuestion>().Asker.Institution);
    }

    [Theory]
    [InlineData(BeforeLoginRule.StatusOnly, StepKind.Close, "98")]
    [InlineData(BeforeLoginRule.Nothing, StepKind.Close, "")]
    [InlineData(BeforeLoginRule.Ignore, StepKind.Silence, "")]
    public void Before_a_login_nothing_is_answered_but_a_status_where_the_rules_allow_it(object rule, object kind, string status)
    {
        var session = new CoreSession(rules: MustLogIn with { BeforeLogin = (BeforeLoginRule)rule });
        Assert.Equal("", session.Say(Ask63));
        Assert.Equal(((StepKind)kind, SessionEvent.NotLoggedIn), (session.Last.Kind, session.Last.Event));
        Assert.StartsWith(status, session.Say("9900802.00"), StringComparison.Ordinal);
        Assert.Empty(session.Circulation.Questions.OfType<PatronQuestion>());
    }

    [Fact]
    public void A_failed_login_ends_the_one_before()
    {
        var session = new CoreSession(rules: MustLogIn);
        Assert.Equal("941", session.Say(Login));
        Assert.StartsWith("64", session.Say(Ask63), StringComparison.Ordinal);
        Assert.Equal("940", session.Say("9300CNkiosk1|COwrong|"));
        Assert.Equal("", session.Say(Ask63));
        Assert.Equal(SessionEvent.NotLoggedIn, session.Last.Event);
        Assert.Equal("941", session.Say(Login));
        Assert.StartsWith("64", session.Say(Ask63), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("9310CNkiosk1|COs3cret|")]
    [InlineData("9301CNkiosk1|COs3cret|")]
    [InlineData("9300CNkiosk1|CO|")]
    [InlineData("9300CNkiosk1|CO  |")]
    [InlineData("9300CNkiosk1|")]
    [InlineData("9300CN|COs3cret|")]
    [InlineData("93")]
    public void A_login_without_a_password_or_in_a_secret_writing_is_refused_unasked(string login)
    {
        var session = new CoreSession(rules: MustLogIn);
        Assert.Equal("940", session.Say(login));
        Assert.Empty(session.Circulation.Questions);
    }

    [Theory]
    [InlineData("AD|", "CQN|")]
    [InlineData("AD   |", "CQN|")]
    [InlineData("AD0000|", "CQN|")]
    [InlineData("AD4711|", "CQY|")]
    [InlineData("", "BLY|")]
    public void An_empty_PIN_is_never_right_and_never_asked_about(string pin, string said)
    {
        var session = new CoreSession();
        Assert.Contains(said, session.Say($"63007{Time}          AOKIRJ|AA{Card}|AC|{pin}"), StringComparison.Ordinal);
        Assert.Equal(pin is "AD0000|" or "AD4711|", session.Question<PatronQuestion>().Pin.Typed is not null);
        Assert.Equal(said == "CQY|", session.Say($"23007{Time}AOKIRJ|AA{Card}|AC|{pin}").Contains("CQY", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("11YN{0}{0}AOKIRJ|AA1|ABITEM1|AC|AD|BON|", "120NUN")]
    [InlineData("11YN{0}{0}AOKIRJ|AA1|ABITEM1|AC|", "120NUN")]
    [InlineData("29YN{0}{0}AOKIRJ|AA1|AD |ABITEM1|", "300NUN")]
    [InlineData("65{0}AOKIRJ|AA1|AD|", "660")]
    [InlineData("15+{0}AOKIRJ|AA1|AD|ABITEM1|", "160N")]
    public void Where_loans_need_a_PIN_nobody_is_asked_without_one(string line, string refused)
    {
        var session = new CoreSession(new DeviceProfile { Institution = "KIRJ", LoansNeedPin = true, Language = Language.English });
        var answer = session.Say(string.Format(System.Globalization.CultureInfo.InvariantCulture, line, Time));
        Assert.StartsWith(refused, answer, StringComparison.Ordinal);
        Assert.Contains("AFPlease type your PIN.|", answer, StringComparison.Ordinal);
        Assert.Empty(session.Circulation.Questions);
    }

    [Fact]
    public void A_right_PIN_is_proven_for_two_minutes_for_its_card_alone()
    {
        var session = new CoreSession();
        bool Proven(string line)
        {
            session.Say(line);
            return session.Question<PatronQuestion>().Pin.Proven;
        }

        Assert.False(Proven(Ask63));
        Assert.True(Proven(Ask63));
        Assert.False(Proven(Ask63.Replace("AD4711", "AD4712", StringComparison.Ordinal)));
        Assert.False(Proven(Ask63));
        Assert.False(Proven(Ask63.Replace(Card, "2990000002", StringComparison.Ordinal)));
        Assert.False(Proven(Ask63));
        session.Running += TimeSpan.FromSeconds(119);
        Assert.True(Proven(Ask63));
        session.Running += TimeSpan.FromSeconds(2);
        Assert.False(Proven(Ask63));
        session.Say($"35{Time}AOKIRJ|AA{Card}|");
        Assert.False(Proven(Ask63));
    }

    [Fact]
    public void An_answer_that_failed_says_that_it_is_not_possible_now()
    {
        var session = new CoreSession(new DeviceProfile { Institution = "KIRJ", Language = Language.Swedish });
        session.Circulation.Before = _ => throw new InvalidOperationException("the library system is down");
        var answer = session.Say(Ask63.Replace("63007", "63006", StringComparison.Ordinal));
        Assert.StartsWith("64YYYY          006", answer, StringComparison.Ordinal);
        Assert.Contains("AE|BLN|CQN|AFDetta är inte möjligt just nu. Försök igen senare.|", System.Text.Encoding.UTF8.GetString(session.Last.Bytes!), StringComparison.Ordinal);
        Assert.StartsWith("120NUN", session.Say($"11YN{Time}{Time}AOKIRJ|AA{Card}|ABITEM1|AC|"), StringComparison.Ordinal);
        Assert.StartsWith("98NNNNNN", session.Say("9900802.00"), StringComparison.Ordinal);
        Assert.StartsWith("36Y", session.Say($"35{Time}AOKIRJ|AA{Card}|"), StringComparison.Ordinal);
        Assert.Equal("940", session.Say(Login));
    }

    [Fact]
    public void The_language_of_a_patron_is_kept_until_the_patron_leaves()
    {
        var session = new CoreSession(new DeviceProfile { Institution = "KIRJ", Language = Language.English });
        session.Say(Ask63.Replace("63007", "63006", StringComparison.Ordinal));
        session.Say($"17{Time}AOKIRJ|ABITEM1|");
        Assert.Equal(Language.Swedish, session.Question<ItemQuestion>().Asker.Language);
        session.Say($"35{Time}AOKIRJ|AA{Card}|");
        session.Say($"17{Time}AOKIRJ|ABITEM1|");
        Assert.Equal(Language.English, session.Question<ItemQuestion>().Asker.Language);
    }

    [Theory]
    [InlineData(InstitutionRule.AsAsked, "EAST", "EAST")]
    [InlineData(InstitutionRule.AsAsked, "", "KIRJ")]
    [InlineData(InstitutionRule.AsAsked, "  ", "KIRJ")]
    [InlineData(InstitutionRule.Own, "EAST", "KIRJ")]
    public void The_branch_is_that_of_the_request_or_of_the_profile(object rule, string asked, string branch)
    {
        var session = new CoreSession(new DeviceProfile { Institution = "KIRJ", InstitutionRule = (InstitutionRule)rule });
        Assert.Contains($"AO{branch}|", session.Say(Ask63.Replace("AOKIRJ", "AO" + asked, StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Equal(branch, session.Question<PatronQuestion>().Asker.Institution);
    }

    [Fact]
    public void What_is_too_long_ends_the_session()
    {
        var session = new CoreSession();
        session.Say("63" + new string('x', 70_000));
        Assert.Equal((StepKind.Close, SessionEvent.TooLong), (session.Last.Kind, session.Last.Event));
    }

    [Fact]
    public void Profiles_and_rules_that_cannot_be_kept_are_named()
    {
        Assert.Null(new SessionRules().Problem);
        Assert.NotNull(new DeviceProfile { PatronFields = [new("pa", PatronAttribute.BirthDate)] }.Problem);
        Assert.NotNull(new DeviceProfile { InstitutionRule = InstitutionRule.Own }.Problem);
        Assert.NotNull(new DeviceProfile { ReplyTimeout = TimeSpan.FromMinutes(5) }.Problem);
        Assert.NotNull(new DeviceProfile { PinProvenFor = TimeSpan.FromHours(1) }.Problem);
        Assert.NotNull(new SessionRules { RefusedLoginsMax = 0 }.Problem);
        Assert.NotNull(new ListenerLimits { Send = TimeSpan.Zero }.Problem);
        Assert.Null(new ListenerLimits().Problem);
    }

    private static FrameCheck CheckOf(ReadOnlySpan<byte> line)
    {
        Frame.Read(line[..^1], new WireLimits(), out var frame);
        return frame.Check;
    }
}
