using System.Text;
using KioskLink.Sip2.Client;
using KioskLink.Sip2.Tests.Server;
using KioskLink.Sip2.Wire;

namespace KioskLink.Sip2.Tests.Client;

public sealed class ClientExchangeTests
{
    private const string Answer = "64              00720261121    233000000000000001000000000000AOKIRJ|AA12345|AEx|BLY|CQY|";
    private const string Status = "98YYYYYN10000320261121    2330002.00AOKIRJ|BXYYYYYYYYYYYYNYYY|";

    [Fact]
    public void The_answer_ends_the_exchange()
    {
        var step = Hear(Begin(MessageCode.PatronInformation), CoreSession.Checked(Answer, "4"));
        Assert.True(Assert.IsType<PatronInformationResponse>(step.Answer).ValidPin);
    }

    [Theory]
    [InlineData(MessageCode.PatronInformation, MessageCode.PatronInformationResponse)]
    [InlineData(MessageCode.PatronStatus, MessageCode.PatronStatusResponse)]
    [InlineData(MessageCode.BlockPatron, MessageCode.PatronStatusResponse)]
    [InlineData(MessageCode.Checkin, MessageCode.CheckinResponse)]
    [InlineData(MessageCode.Login, MessageCode.LoginResponse)]
    [InlineData(MessageCode.ScStatus, MessageCode.AcsStatus)]
    public void Each_request_has_its_answer(MessageCode request, MessageCode answer) => Assert.Equal(answer, ExpectedAnswer.To(request));

    [Fact]
    public void A_damaged_answer_is_asked_for_with_97_and_no_more_often_than_allowed()
    {
        var exchange = Begin(MessageCode.Checkout);
        for (var time = 0; time < 3; time++)
        {
            var step = Hear(exchange, CoreSession.Checked("121NUY", "4").Replace("NUY", "NUN", StringComparison.Ordinal));
            Assert.Equal("97AZFEF5\r", Encoding.ASCII.GetString(step.Send!));
            exchange = step.Exchange;
        }
        Assert.Equal(ClientFailure.Damaged, Hear(exchange, CoreSession.Checked("121NUY", "4").Replace("NUY", "NUN", StringComparison.Ordinal)).Failure);
    }

    [Fact]
    public void Ninety_six_gets_the_same_bytes_again_and_no_more_often_than_allowed()
    {
        var exchange = Begin(MessageCode.Checkout);
        for (var time = 0; time < 3; time++)
        {
            var step = Hear(exchange, "96AZFEF6");
            Assert.Same(exchange.Bytes, step.Send);
            exchange = step.Exchange;
        }
        Assert.Equal(ClientFailure.AsksAgain, Hear(exchange, "96").Failure);
    }

    [Fact]
    public void Ninety_six_after_our_own_97_means_that_the_answer_is_lost()
    {
        var asked = Hear(Begin(MessageCode.Checkout), CoreSession.Checked("121NUY", "4").Replace("NUY", "NUN", StringComparison.Ordinal)).Exchange;
        Assert.Equal(ClientFailure.Damaged, Hear(asked, "96AZFEF6").Failure);
    }

    [Fact]
    public void An_answer_to_an_earlier_request_is_left_out_and_an_endless_stream_of_them_ends()
    {
        var exchange = Begin(MessageCode.PatronInformation);
        var step = Hear(exchange, CoreSession.Checked(Answer, "3"));
        Assert.Equal((null, false), (step.Send, step.IsOver));
        for (var time = 0; !step.IsOver; time++)
        {
            Assert.InRange(time, 0, 20);
            step = Hear(step.Exchange, time % 2 == 0 ? "" : CoreSession.Checked(Answer, "3"));
        }
        Assert.Equal(ClientFailure.Unexpected, step.Failure);
    }

    [Fact]
    public void A_status_may_come_at_any_time_and_the_request_is_sent_again()
    {
        var step = Hear(Begin(MessageCode.PatronInformation), CoreSession.Checked(Status, "4"));
        Assert.NotNull(step.Send);
        Assert.True(step.Status!.OnLine);
        Assert.NotNull(Hear(step.Exchange, CoreSession.Checked(Answer, "4")).Answer);
        Assert.Equal(ClientFailure.OffLine, Hear(step.Exchange, Status.Replace("98YY", "98NN", StringComparison.Ordinal)).Failure);
    }

    [Theory]
    [InlineData("Problems handling the request: null")]
    [InlineData("24              00720261121    233000AOKIRJ|AA1|AEx|")]
    [InlineData("941")]
    [InlineData("99")]
    [InlineData("HTTP/1.1 400 Bad Request")]
    public void Anything_else_is_an_error(string line) => Assert.Equal(ClientFailure.Unexpected, Hear(Begin(MessageCode.PatronInformation), line).Failure);

    [Fact]
    public void Without_an_answer_only_what_changes_nothing_is_sent_again()
    {
        var asking = Begin(MessageCode.PatronInformation);
        for (var time = 0; time < 3; time++)
        {
            var step = asking.TimeOut();
            Assert.Same(asking.Bytes, step.Send);
            asking = step.Exchange;
        }
        Assert.Equal(ClientFailure.NoAnswer, asking.TimeOut().Failure);
        foreach (var code in new[] { MessageCode.Checkout, MessageCode.Checkin, MessageCode.FeePaid, MessageCode.Renew, MessageCode.RenewAll, MessageCode.Hold, MessageCode.BlockPatron })
            Assert.Equal(ClientFailure.OutcomeUnknown, Begin(code).TimeOut().Failure);
        Assert.NotNull((Begin(MessageCode.Checkout) with { Deduplicates = true }).TimeOut().Send);
    }

    [Fact]
    public void Without_numbers_nothing_is_sent_again_since_a_late_answer_would_be_taken_for_the_next() =>
        Assert.Equal(ClientFailure.NoAnswer, (Begin(MessageCode.PatronInformation) with { Sequence = null }).TimeOut().Failure);

    [Theory]
    [InlineData(100, 3, 10.0, 3)]
    [InlineData(5, 3, 2.0, 3)]
    [InlineData(998, 900, 60.0, 5)]
    [InlineData(999, 999, 10.0, 3)]
    [InlineData(0, 0, 10.0, 0)]
    [InlineData(null, null, 10.0, 3)]
    public void The_pace_of_98_is_kept_within_reason(int? tenths, int? retries, double seconds, int tries)
    {
        var pace = ClientPace.Of(new Sip2ClientOptions { Host = "h" }).Heed(new AcsStatusResponse { TimeoutTenths = tenths, Retries = retries });
        Assert.Equal((TimeSpan.FromSeconds(seconds), tries), (pace.Timeout, pace.Retries));
    }

    [Theory]
    [InlineData("BLY|CQY|PA1|", true)]
    [InlineData("BLY|CQY|PA0|", false)]
    [InlineData("BLY|CQY|PA|", false)]
    [InlineData("BLY|CQY|", false)]
    [InlineData("BLY|PA1|", false)]
    [InlineData("BLY|CQ|PA1|", false)]
    [InlineData("BLY|CQN|PA1|", false)]
    [InlineData("BLN|CQY|PA1|", false)]
    [InlineData("CQY|PA1|", false)]
    public void A_door_opens_only_for_a_yes_in_every_word(string fields, bool opens)
    {
        var answer = Wire.Lines.Read<PatronInformationResponse>("64              00720261121    233000000000000001000000000000AOKIRJ|AA12345|AEx|" + fields);
        var rule = new DoorRule { AccessField = "PA" };
        Assert.Equal(opens, rule.Allows(answer, "12345"));
        Assert.False(rule.Allows(answer, "12346"));
        Assert.False(rule.Allows(answer with { Status = PatronFlags.CardLost }, "12345"));
    }

    internal static ClientExchange Begin(MessageCode code) =>
        new() { Bytes = [1, 2, 3], Code = code, Sequence = (byte)'4', Style = new(), Retries = 3 };

    private static ClientStep Hear(ClientExchange exchange, string line) => exchange.Receive(Encoding.Latin1.GetBytes(line), new WireLimits());
}
