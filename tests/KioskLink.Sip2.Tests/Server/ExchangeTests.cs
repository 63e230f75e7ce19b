using System.Text;
using KioskLink.Sip2.Circulation;
using KioskLink.Sip2.Server;

namespace KioskLink.Sip2.Tests.Server;

/// <summary>Each of the sixteen requests is answered as a machine expects it.</summary>
public sealed class ExchangeTests
{
    private const string Time = "20261121    233000", Card = MemoryCirculation.Card, Pin = MemoryCirculation.Pin;
    private readonly CoreSession _session = new(new DeviceProfile { Institution = "KIRJ", PatronFields = [new("PA", PatronAttribute.SelfServiceAccess), new("PB", PatronAttribute.BirthDate)] });

    [Theory]
    [InlineData($"23007{Time}AOKIRJ|AA{Card}|AC|AD{Pin}|", $"24              007{Time}AOKIRJ|AA{Card}|AEVirtanen Ville|BLY|CQY|BHEUR|BV1.50|")]
    [InlineData($"23007{Time}AOKIRJ|AA1|AC|AD{Pin}|", $"24YYYY          007{Time}AOKIRJ|AA1|AE|BLN|CQN|AFTuntematon kortti|")]
    [InlineData($"63007{Time}          AOKIRJ|AA{Card}|AC|AD{Pin}|", $"64              007{Time}000100000000000000000002AOKIRJ|AA{Card}|AEVirtanen Ville|BLY|CQY|BHEUR|BV1.50|BEville@example.org|PA1|")]
    [InlineData($"63007{Time}          AOKIRJ|AA{Card}|AC|", $"64              007{Time}                        AOKIRJ|AA{Card}|AEVirtanen Ville|BLY|PA1|")]
    [InlineData($"63007{Time}          AOKIRJ|AA{Card}|AC|AD|", $"64              007{Time}                        AOKIRJ|AA{Card}|AEVirtanen Ville|BLY|CQN|PA1|")]
    [InlineData($"63006{Time}          AOKIRJ|AA1|", $"64YYYY          006{Time}000000000000000000000000AOKIRJ|AA1|AE|BLN|AFTuntematon kortti|")]
    [InlineData($"11YN{Time}{Time}AOKIRJ|AA{Card}|ABITEM1|AC|AD|BON|BIN|", $"121NUY{Time}AOKIRJ|AA{Card}|ABITEM1|AJSeitsemän veljestä|AH20261219    215900|")]
    [InlineData($"09N{Time}{Time}APHALL|AOKIRJ|ABITEM1|AC|BIN|", $"100NUY{Time}AOKIRJ|ABITEM1|AQ|AFEi lainassa|")]
    [InlineData($"29NN{Time}{Time}AOKIRJ|AA{Card}|AD{Pin}|ABITEM1|BON|", $"301YUN{Time}AOKIRJ|AA{Card}|ABITEM1|AJSeitsemän veljestä|AH20261219    215900|")]
    [InlineData($"29NN{Time}{Time}AOKIRJ|AA{Card}|AD{Pin}|", $"300NUN{Time}AOKIRJ|AA{Card}|AB|AJ|AH|AFAineistoa ei ilmoitettu.|")]
    [InlineData($"65{Time}AOKIRJ|AA{Card}|AD{Pin}|BON|", $"6610001000120261121    233000AOKIRJ|BMITEM1|BNITEM2|")]
    [InlineData($"15+{Time}BSMAIN|BY2|AOKIRJ|AA{Card}|AD{Pin}|AJ998877|", $"161N{Time}BR3|BSMAIN|AOKIRJ|AA{Card}|AJ998877|")]
    [InlineData($"37{Time}0402EURBV12.50|AOKIRJ|AA{Card}|BKtx-1|", $"38Y{Time}AOKIRJ|AA{Card}|BKtx-1|")]
    [InlineData($"37{Time}0402EURBVfree|AOKIRJ|AA{Card}|BKtx-1|", $"38N{Time}AOKIRJ|AA{Card}|BKtx-1|AFMaksun summa puuttuu tai on epäselvä. Maksua ei kirjattu.|")]
    [InlineData($"17{Time}AOKIRJ|ABITEM1|", $"18010101{Time}ABITEM1|AJ|")]
    [InlineData($"17AOKIRJ|ABITEM1|", $"18010101{Time}ABITEM1|AJ|")]
    [InlineData($"19AOKIRJ|ABITEM1|CHweight 300|", $"201{Time}ABITEM1|CHweight 300|")]
    [InlineData($"19{Time}AOKIRJ|ABITEM1|CHweight 300|", $"201{Time}ABITEM1|CHweight 300|")]
    [InlineData($"25{Time}AOKIRJ|AA{Card}|", $"26              000{Time}AOKIRJ|AA{Card}|AEVirtanen Ville|BLY|")]
    [InlineData($"01N{Time}AOKIRJ|ALleft in reader|AA{Card}|AC|", $"24YYYYY         000{Time}AOKIRJ|AA{Card}|AE|BLY|")]
    [InlineData($"35{Time}AOKIRJ|AA{Card}|", $"36Y{Time}AOKIRJ|AA{Card}|")]
    [InlineData("9900802.00", $"98YYYYNY100003{Time}2.00AOKIRJ|BXYYYYYYYYYYYYNYYY|")]
    public void A_request_is_answered_byte_by_byte(string request, string answer) => Assert.Equal(answer, Say(request));

    [Fact]
    public void A_loan_is_made_once_shown_and_ended()
    {
        const string Checkout = $"11YN{Time}{Time}AOKIRJ|AA{Card}|ABITEM1|AC|AD|BON|BIN|";
        Assert.StartsWith("121NUY", Say(Checkout), StringComparison.Ordinal);
        Assert.StartsWith("120NUN", Say(Checkout), StringComparison.Ordinal);
        Assert.StartsWith("18040101", Say($"17{Time}AOKIRJ|ABITEM1|"), StringComparison.Ordinal);
        Assert.Contains("AUITEM1|", Say($"63007{Time}  Y       AOKIRJ|AA{Card}|AC|AD{Pin}|"), StringComparison.Ordinal);
        Assert.Equal($"101YUY{Time}AOKIRJ|ABITEM1|AQMAIN|AJSeitsemän veljestä|CTEAST|CV02|", Say($"09N{Time}{Time}APHALL|AOKIRJ|ABITEM1|AC|"));
    }

    [Fact]
    public void What_happened_while_the_machine_was_alone_is_told_as_such()
    {
        var session = new CoreSession(new DeviceProfile { Institution = "KIRJ", LoansNeedPin = true });
        session.Say($"11YY{Time}20261201    120000AOKIRJ|AA {Card} |AB ITEM1|AC|");
        var question = session.Question<CheckoutQuestion>();
        Assert.Equal((true, new DateTimeOffset(2026, 12, 1, 12, 0, 0, TimeSpan.Zero)), (question.NoBlock, question.OfflineDue));
        Assert.Equal((Card, "ITEM1"), (question.Card, question.Item));
    }

    [Fact]
    public void Fees_that_the_patron_has_not_taken_come_back_with_their_amount()
    {
        const string Checkout = $"11YN{Time}{Time}AOKIRJ|AA{Card}|ABRENTAL|AC|AD|";
        Assert.Equal($"120NUN{Time}AOKIRJ|AA{Card}|ABRENTAL|AJ|AH|BT06|BHEUR|BV0.50|", Say(Checkout));
        Assert.StartsWith("120NUN", Say(Checkout + "BON|"), StringComparison.Ordinal);
        Assert.StartsWith("121NUY", Say(Checkout + "BOY|"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DeviceRole.PcBooking)]
    [InlineData(DeviceRole.Door)]
    public void R31_Doors_and_PC_booking_learn_yes_or_no_and_a_reason(object role)
    {
        var session = new CoreSession(new DeviceProfile { Institution = "KIRJ", Role = (DeviceRole)role, PatronFields = [new("PA", PatronAttribute.SelfServiceAccess)] });
        const string Ask = $"63007{Time}  Y       AOKIRJ|AA{Card}|AC|AD{Pin}|";
        Assert.Equal($"64              007{Time}000000000000000000000000AOKIRJ|AA{Card}|AE|BLY|CQY|PA1|", session.Say(Ask));
        session.Circulation.Standing = PatronStanding.Refused;
        Assert.Equal($"64YYYY          007{Time}000000000000000000000000AOKIRJ|AA{Card}|AE|BLN|CQY|PA0|AFKulku estetty|", session.Say(Ask));
        Assert.Equal($"24YYYY          007{Time}AOKIRJ|AA{Card}|AE|BLN|CQY|AFKulku estetty|", session.Say($"23007{Time}AOKIRJ|AA{Card}|AC|AD{Pin}|"));
    }

    [Fact]
    public void Details_may_need_a_PIN()
    {
        var session = new CoreSession(new DeviceProfile { Institution = "KIRJ", DetailsNeedPin = true });
        Assert.DoesNotContain("Virtanen", session.Say($"63007{Time}          AOKIRJ|AA{Card}|AC|AD0000|"), StringComparison.Ordinal);
        Assert.DoesNotContain("Virtanen", session.Say($"63007{Time}          AOKIRJ|AA{Card}|"), StringComparison.Ordinal);
        Assert.Contains("Virtanen", session.Say($"63007{Time}          AOKIRJ|AA{Card}|AC|AD{Pin}|"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("AD|", "CQN|")]
    [InlineData("AD0000|", "CQN|")]
    public void R22_Without_a_right_PIN_a_machine_hears_who_it_is_and_nothing_of_loans_holds_and_fees(string pin, string told)
    {
        const string Blanks = "                        ";
        Say($"11YN{Time}{Time}AOKIRJ|AA{Card}|ABITEM1|AC|AD|BON|BIN|");

        Assert.Equal($"64              007{Time}{Blanks}AOKIRJ|AA{Card}|AEVirtanen Ville|BLY|{told}PA1|", Say($"63007{Time}  Y       AOKIRJ|AA{Card}|{pin}"));
        Assert.Equal($"26              007{Time}AOKIRJ|AA{Card}|AEVirtanen Ville|BLY|{told}", Say($"25{Time}AOKIRJ|AA{Card}|{pin}"));
    }

    [Theory]
    [InlineData("AC|AD|")]
    [InlineData("AC|AD0000|")]
    public void R22_A_status_without_a_right_PIN_tells_no_fees(string pin) =>
        Assert.Equal($"24              007{Time}AOKIRJ|AA{Card}|AEVirtanen Ville|BLY|CQN|", Say($"23007{Time}AOKIRJ|AA{Card}|{pin}"));

    [Fact]
    public void A_profile_chooses_the_flags_and_counts_that_its_machine_is_told()
    {
        var session = new CoreSession(new DeviceProfile { Institution = "KIRJ", ShownFlags = PatronFlags.None, RefusedFlags = PatronFlags.ChargeDenied, HoldCounting = HoldCounting.All });
        Assert.StartsWith($"24Y{new string(' ', 13)}000", session.Say($"01N{Time}AOKIRJ|AL|AA{Card}|AC|"), StringComparison.Ordinal);
        Assert.Contains($"{Time}0003", session.Say($"63007{Time}          AOKIRJ|AA{Card}|AC|AD{Pin}|"), StringComparison.Ordinal);
    }

    [Fact]
    public void Times_are_those_of_the_library()
    {
        var session = new CoreSession(new DeviceProfile { Institution = "KIRJ", Zone = TimeZoneInfo.CreateCustomTimeZone("winter", TimeSpan.FromHours(2), null, null) });
        Assert.Contains("20261122    013000", session.Say("9900802.00"), StringComparison.Ordinal);
        session.Say($"17{Time}AOKIRJ|ABITEM1|");
        Assert.Equal(new DateTimeOffset(2026, 11, 21, 21, 30, 0, TimeSpan.Zero), session.Question<ItemQuestion>().DeviceTime);
    }

    [Fact]
    public void Questions_and_answers_show_their_names_alone()
    {
        Say($"63007{Time}          AOKIRJ|AA{Card}|AC|AD{Pin}|");
        Assert.Equal("PatronQuestion", _session.Question<PatronQuestion>().ToString());
        Assert.Equal("PatronAnswer", new PatronAnswer { Name = "Virtanen Ville" }.ToString());
        Assert.DoesNotContain(Pin, new LoginQuestion { Password = Secret.From(Pin) }.ToString(), StringComparison.Ordinal);
    }

    private string Say(string line)
    {
        _session.Say(line);
        return Encoding.UTF8.GetString(_session.Last.Bytes!).TrimEnd('\r');
    }
}
