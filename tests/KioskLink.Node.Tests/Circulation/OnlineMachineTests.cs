using Grpc.Core;
using KioskLink.Node.Tests.Rig;
using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;
using KioskLink.Testing;

namespace KioskLink.Node.Tests.Circulation;

/// <summary>Machines on the node's listener while the register answers: message by message, as sip2-vectors writes them.</summary>
public class OnlineMachineTests : IAsyncLifetime
{
    private const string Time = MachineHall.Time, NoTime = "                  ";
    private const string BookingLogin = "9300CNbooking|COsecret|", Ask63 = MachineHall.Ask63;

    private MachineHall _hall = null!;

    public async Task InitializeAsync() => _hall = await MachineHall.OpenAsync();

    public async Task DisposeAsync() => await _hall.DisposeAsync();

    [Fact]
    public async Task A_machine_logs_in_and_hears_what_works()
    {
        await using var machine = await _hall.LogInAsync();

        var status = await machine.SayAsync("9900802.00");

        Assert.StartsWith("98YYYYNY100003", status, StringComparison.Ordinal);
        Assert.EndsWith("2.00AOKIRJ|BXYYYYYYYYYYYYNYYY|ANHALL|", status, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("9300CNkiosk1|COwrong|CPHALL|")]
    [InlineData("9300CNkiosk1|CO|CPHALL|")]
    [InlineData("9300CNkiosk1|COs3cret|CPCELLAR|")]
    [InlineData("9300CNnobody|COs3cret|CPHALL|")]
    [InlineData("9310CNkiosk1|COs3cret|CPHALL|")]
    public async Task A_wrong_login_is_refused_and_may_be_mended(string wrong)
    {
        await using var machine = await _hall.ConnectAsync();

        Assert.Equal("940", await machine.SayAsync(wrong));
        Assert.Equal("941", await machine.SayAsync(MachineHall.Login));
    }

    [Fact]
    public async Task A_patron_with_a_right_pin_is_told_with_counts_and_name()
    {
        await using var machine = await _hall.LogInAsync();

        var answer = await machine.SayAsync(Ask63);

        Assert.StartsWith("64              007", answer, StringComparison.Ordinal);
        Assert.Contains("000100000000000000000002AOKIRJ|AA20000000000017|AEVirtanen Ville|", answer, StringComparison.Ordinal);
        Assert.Contains("|BLY|CQY|BHEUR|BV1.50|", answer, StringComparison.Ordinal);
        var asked = Assert.Single(_hall.Lending.CallsOf<GetPatronInformationRequest>());
        Assert.Equal(("kiosk1", DeviceRole.SelfCheck, Language.Fi), (asked.DeviceId, asked.DeviceRole, asked.Language));
    }

    [Theory]
    [InlineData(FakeLending.Card, "0000", "BLY|CQN")]
    [InlineData(FakeLending.Card, "", "BLY|CQN")]
    [InlineData("20000000000025", FakeLending.Pin, "BLN|CQN")]
    public async Task Without_a_right_pin_no_name_is_told(string card, string pin, string told)
    {
        await using var machine = await _hall.LogInAsync();

        var answer = await machine.SayAsync($"63007{Time}          AOKIRJ|AA{card}|AC|AD{pin}|");

        Assert.Contains($"|AE|{told}|", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("AC|AD|")]
    [InlineData("AC|AD0000|")]
    public async Task R22_Without_a_right_pin_counts_are_blank_and_no_fees_are_told(string pin)
    {
        await using var machine = await _hall.LogInAsync();

        var answer = await machine.SayAsync($"63007{Time}          AOKIRJ|AA{FakeLending.Card}|{pin}");

        Assert.Contains($"{new string(' ', 24)}AOKIRJ|AA20000000000017|", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("|BV", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("|BV", await machine.SayAsync($"23007{Time}AOKIRJ|AA{FakeLending.Card}|{(pin.Length == 0 ? "AC|AD|" : pin)}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_item_is_lent_with_its_due_date_and_returned_with_its_way()
    {
        await using var machine = await _hall.LogInAsync();

        var lent = await machine.SayAsync($"11YN{Time}{NoTime}AOKIRJ|AA{FakeLending.Card}|ABITEM1|AC|AD{FakeLending.Pin}|BON|BIN|");
        var returned = await machine.SayAsync($"09N{Time}{Time}APHALL|AOKIRJ|ABITEM1|AC|BIN|");

        Assert.StartsWith("121NNY", lent, StringComparison.Ordinal);
        Assert.Contains("AOKIRJ|AA20000000000017|ABITEM1|AJSeven Brothers|AH20261219    235900|CK001|", lent, StringComparison.Ordinal);
        Assert.StartsWith("101YNY", returned, StringComparison.Ordinal);
        Assert.Contains("AOKIRJ|ABITEM1|AQMAIN|AJSeven Brothers|CK001|CTEAST|CV02|", returned, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_loan_without_a_pin_is_refused_before_anybody_is_asked()
    {
        await using var machine = await _hall.LogInAsync();

        var answer = await machine.SayAsync($"11YN{Time}{NoTime}AOKIRJ|AA{FakeLending.Card}|ABITEM1|AC|AD|BON|BIN|");

        Assert.StartsWith("120N", answer, StringComparison.Ordinal);
        Assert.Empty(_hall.Lending.Calls);
    }

    [Fact]
    public async Task A_loan_that_is_told_again_on_a_new_connection_is_the_same_act()
    {
        var loan = $"11YN{Time}{NoTime}AOKIRJ|AA{FakeLending.Card}|ABITEM1|AC|AD{FakeLending.Pin}|BON|BIN|";
        await using (var first = await _hall.LogInAsync())
            Assert.StartsWith("121", await first.SayAsync(loan), StringComparison.Ordinal);
        await using var second = await _hall.LogInAsync();

        Assert.StartsWith("121N", await second.SayAsync(loan), StringComparison.Ordinal);

        var acts = _hall.Lending.CallsOf<CheckOutRequest>().Select(call => call.Act.TransactionId).ToList();
        Assert.Equal(2, acts.Count);
        Assert.Equal(acts[0], acts[1]);
    }

    [Fact]
    public async Task A_loan_after_a_return_of_the_same_item_is_another_act()
    {
        var loan = $"11YN{Time}{NoTime}AOKIRJ|AA{FakeLending.Card}|ABITEM1|AC|AD{FakeLending.Pin}|BON|BIN|";
        await using var machine = await _hall.LogInAsync();

        await machine.SayAsync(loan);
        await machine.SayAsync($"09N{Time}{Time}APHALL|AOKIRJ|ABITEM1|AC|BIN|");
        await machine.SayAsync(loan);

        Assert.Equal(2, _hall.Lending.CallsOf<CheckOutRequest>().Select(call => call.Act.TransactionId).Distinct().Count());
        Assert.True(_hall.Lending.Loans.ContainsKey("ITEM1"));
    }

    [Fact]
    public async Task Renewals_holds_payments_and_items_are_answered()
    {
        await using var machine = await _hall.LogInAsync();
        var who = $"AOKIRJ|AA{FakeLending.Card}|AD{FakeLending.Pin}|";

        Assert.StartsWith("301YNY", await machine.SayAsync($"29NN{Time}{NoTime}{who}ABITEM1|BON|"), StringComparison.Ordinal);
        Assert.StartsWith("6610001000", await machine.SayAsync($"65{Time}{who}BON|"), StringComparison.Ordinal);
        Assert.Contains("BR3|BSMAIN|", await machine.SayAsync($"15+{Time}BSMAIN|BY2|{who}AJ998877|"), StringComparison.Ordinal);
        Assert.StartsWith("38Y", await machine.SayAsync($"37{Time}0402EURBV12.50|AOKIRJ|AA{FakeLending.Card}|BKtx-1|"), StringComparison.Ordinal);
        Assert.StartsWith("180401", await machine.SayAsync($"17{Time}AOKIRJ|ABITEM1|"), StringComparison.Ordinal);
        Assert.StartsWith("1801", await machine.SayAsync($"17{Time}AOKIRJ|ABNONE|"), StringComparison.Ordinal);
        Assert.Contains("CHweight 300|", await machine.SayAsync($"19{Time}AOKIRJ|ABITEM1|CHweight 300|"), StringComparison.Ordinal);
        Assert.StartsWith("36Y", await machine.SayAsync($"35{Time}AOKIRJ|AA{FakeLending.Card}|"), StringComparison.Ordinal);

        var paid = Assert.Single(_hall.Lending.CallsOf<PayFeeRequest>());
        Assert.Equal((1250L, "card", "tx-1"), (paid.Cents, paid.Method, paid.PaymentId));
    }

    [Fact]
    public async Task A_card_that_a_machine_kept_is_a_request_to_staff_and_blocks_nothing()
    {
        await using var machine = await _hall.LogInAsync();

        var answer = await machine.SayAsync($"01Y{Time}AOKIRJ|ALcard left in reader|AA{FakeLending.Card}|AC|");

        Assert.StartsWith("24", answer, StringComparison.Ordinal);
        await Patience.Until(() => _hall.Rig.Journal().Any(record => record is { Kind: RecordKind.Alarm, Alarm: null }), "the alarm on record");
        var alarm = _hall.Rig.Journal().Last(record => record.Kind == RecordKind.Alarm).Detail;
        Assert.Contains($"Machine kiosk1 has kept a card …{FakeLending.Card[^4..]} (card left in reader)", alarm, StringComparison.Ordinal);
        Assert.DoesNotContain(FakeLending.Card, alarm, StringComparison.Ordinal);
        Assert.Empty(_hall.Lending.Calls);
    }

    [Theory]
    [InlineData(FakeLending.Card, FakeLending.Pin, DecisionCode.Granted, "BLY|CQY")]
    [InlineData(FakeLending.Card, FakeLending.Pin, DecisionCode.UseBan, "BLN|CQY")]
    [InlineData(FakeLending.Card, "0000", DecisionCode.Granted, "BLN|CQN")]
    [InlineData("20000000000025", FakeLending.Pin, DecisionCode.Granted, "BLN|CQN")]
    public async Task R31_Pc_booking_hears_yes_or_no_and_nothing_of_who_it_is(string card, string pin, DecisionCode code, string told)
    {
        _hall.Lending.CardCode = code;
        await using var booking = await _hall.LogInAsync(BookingLogin);

        var status = await booking.SayAsync($"23007{Time}AO|AA{card}|AC|AD{pin}|");
        var information = await booking.SayAsync($"63007{Time}          AO|AA{card}|AC|AD{pin}|");

        Assert.Contains($"AO{TestAuthority.Branch}|AA{card}|AE|{told}|", status, StringComparison.Ordinal);
        Assert.Contains($"000000000000000000000000AO{TestAuthority.Branch}|AA{card}|AE|{told}|", information, StringComparison.Ordinal);
        Assert.DoesNotContain("example.org", information, StringComparison.Ordinal);
    }

    [Fact]
    public async Task R31_Pc_booking_without_a_pin_hears_no_before_anybody_is_asked()
    {
        await using var booking = await _hall.LogInAsync(BookingLogin);

        var answer = await booking.SayAsync($"23001{Time}AO|AA{FakeLending.Card}|AC|AD|");

        Assert.Contains("|BLN|CQN|AFPlease type your PIN.|", answer, StringComparison.Ordinal);
        Assert.Empty(_hall.Lending.Calls);
    }

    [Fact]
    public async Task R31_Pc_booking_lends_nothing()
    {
        await using var booking = await _hall.LogInAsync(BookingLogin);

        var answer = await booking.SayAsync($"11YN{Time}{NoTime}AOKIRJ|AA{FakeLending.Card}|ABITEM1|AC|AD{FakeLending.Pin}|BON|BIN|");

        Assert.StartsWith("120N", answer, StringComparison.Ordinal);
        Assert.Empty(_hall.Lending.Calls);
    }

    [Fact]
    public async Task While_the_register_is_away_a_machine_is_told_so_and_nothing_is_done()
    {
        _hall.Lending.Before = () => throw new RpcException(new Status(StatusCode.Unavailable, "gone"));
        await using var machine = await _hall.LogInAsync();

        var answer = await machine.SayAsync(Ask63);

        Assert.Contains("|BLN|CQN|AFToiminto ei ole juuri nyt", answer, StringComparison.Ordinal);
        Assert.Equal(Node.RegisterLink.LinkState.Suspect, _hall.Parts.Link.State);
        _hall.Parts.Link.Post(Node.RegisterLink.LinkInput.CallFailed);
        Assert.StartsWith("98N", await machine.SayAsync("9900802.00"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_register_that_does_not_lend_for_this_node_is_an_alarm()
    {
        _hall.Lending.Before = () => throw new RpcException(new Status(StatusCode.PermissionDenied, "NOT_ALLOWED: nodes may not lend."));
        await using var machine = await _hall.LogInAsync();

        await machine.SayAsync(Ask63);

        Assert.Contains(_hall.Parts.Alarms.Standing, alarm => alarm.Contains("NOT_ALLOWED", StringComparison.Ordinal));
    }
}
