using Google.Protobuf;
using KioskLink.Circulation.Answers;
using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;
using KioskLink.Sip2;
using KioskLink.Sip2.Circulation;
using DeviceRole = KioskLink.Sip2.Circulation.DeviceRole;
using Language = KioskLink.Sip2.Language;

namespace KioskLink.Node.Tests.Circulation;

/// <summary>SIP2 and LoanService, message by message and in both directions.</summary>
public class AnswerTests
{
    private static readonly DateTimeOffset Evening = new(2026, 11, 21, 21, 30, 0, TimeSpan.Zero);
    private static readonly Asker Asker = new() { Login = "kiosk1", Language = Language.Swedish };
    private static readonly Borrower Borrower = LoanWords.BorrowerOf("2990", new PinClaim(Secret.From("4711"), Proven: false));

    [Fact]
    public void A_loan_is_asked_for_with_card_pin_item_and_language()
    {
        var asked = CheckoutMessage.Ask(new() { Asker = Asker, Card = "2990", Item = "ITEM1", MayRenew = true, FeeAcknowledged = true, DeviceTime = Evening }, "kiosk1", "t1", Borrower);

        Assert.Equal(("t1", "kiosk1", KioskLink.Protos.Register.V1.DeviceRole.SelfCheck), (asked.Act.TransactionId, asked.Act.DeviceId, asked.Act.DeviceRole));
        Assert.Equal(("2990", "4711", "ITEM1"), (asked.Borrower.CardNumber, asked.Borrower.Pin.ToStringUtf8(), asked.ItemId));
        Assert.Equal((true, true, false), (asked.MayRenew, asked.Act.FeeAcknowledged, asked.Act.NoBlock));
        Assert.Equal(Protos.Types.V1.Language.Sv, asked.Act.Language);
        Assert.Null(asked.Act.HappenedTime);
    }

    [Fact]
    public void What_happened_while_a_machine_was_alone_is_told_with_its_time_and_its_promise()
    {
        var asked = CheckoutMessage.Ask(new() { Asker = Asker, Item = "ITEM1", NoBlock = true, DeviceTime = Evening, OfflineDue = Evening }, "kiosk1", "t1", Borrower);

        Assert.Equal((true, Evening), (asked.Act.NoBlock, asked.Act.HappenedTime.ToDateTimeOffset()));
        Assert.Equal("2026-11-21", asked.PromisedDueOn);
    }

    [Fact]
    public void A_day_ends_by_the_library_s_clock()
    {
        Assert.Equal(new DateTimeOffset(2026, 12, 19, 21, 59, 0, TimeSpan.Zero), LoanWords.EndOf("2026-12-19"));
        Assert.Equal(new DateTimeOffset(2026, 6, 19, 20, 59, 0, TimeSpan.Zero), LoanWords.EndOf("2026-06-19"));
        Assert.Equal("2026-11-22", LoanWords.DayOf(Evening.AddHours(1)));
        Assert.Null(LoanWords.EndOf(""));
    }

    [Fact]
    public void A_fee_that_was_not_accepted_is_told_with_its_amount()
    {
        var answer = CheckoutMessage.Answer(new() { Outcome = new() { Reason = LoanReason.FeeNeeded, FeeCents = 50, Message = "Avgift" } });

        Assert.Equal((false, 0.5m, "EUR"), (answer.Done, answer.FeeAmount, answer.Currency));
        Assert.Equal(["Avgift"], answer.ScreenMessages);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("01", AlertType.HoldHere)]
    [InlineData("02", AlertType.HoldElsewhere)]
    [InlineData("04", AlertType.SendElsewhere)]
    [InlineData("99", AlertType.Other)]
    [InlineData("77", AlertType.Other)]
    [InlineData("x", AlertType.Other)]
    public void A_return_tells_why_the_item_needs_a_hand(string alert, AlertType? told) =>
        Assert.Equal(told, CheckinMessage.Answer(new() { Outcome = new() { Done = true }, Alert = alert }).Alert);

    [Fact]
    public void A_return_that_happened_before_has_the_time_at_which_the_item_came_back()
    {
        var asked = CheckinMessage.Ask(new() { Asker = Asker, Item = "ITEM1", NoBlock = true, DeviceTime = Evening.AddHours(3), ReturnedAt = Evening }, "kiosk1", "t1");

        Assert.Equal(Evening, asked.Act.HappenedTime.ToDateTimeOffset());
    }

    [Theory]
    [InlineData(HoldMode.Add, HoldAction.Place)]
    [InlineData(HoldMode.Cancel, HoldAction.Cancel)]
    [InlineData(HoldMode.Change, HoldAction.Change)]
    public void A_hold_is_placed_called_off_or_changed(HoldMode mode, HoldAction action)
    {
        var asked = HoldMessage.Ask(new() { Asker = Asker, Mode = mode, Title = "T1", Type = HoldType.SpecificCopy, ExpiresAt = Evening, PickupLocation = "MAIN " }, "kiosk1", "t1", Borrower);

        Assert.Equal((action, "T1", true, "2026-11-21", "MAIN"), (asked.Action, asked.TitleId, asked.ThisCopyOnly, asked.ExpiresOn, asked.PickUpBranch));
    }

    [Theory]
    [InlineData("12.50", 1250L)]
    [InlineData("0.01", 1L)]
    [InlineData("0.005", null)]
    [InlineData("1000001", null)]
    public void A_payment_is_whole_cents(string amount, long? cents) => Assert.Equal(
        cents,
        FeeMessage.Ask(new() { Asker = Asker, Amount = decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture) }, "kiosk1", "t1", Borrower)?.Cents);

    [Theory]
    [InlineData(ItemStatus.Available, CirculationStatus.Available)]
    [InlineData(ItemStatus.OnLoan, CirculationStatus.Charged)]
    [InlineData(ItemStatus.OnHoldShelf, CirculationStatus.OnHoldShelf)]
    [InlineData(ItemStatus.InTransit, CirculationStatus.InTransit)]
    [InlineData(ItemStatus.Missing, CirculationStatus.Missing)]
    [InlineData(ItemStatus.NotForLoan, CirculationStatus.Other)]
    public void An_item_stands_where_the_register_says(ItemStatus status, CirculationStatus told) =>
        Assert.Equal(told, ItemMessage.Answer(new() { Item = new() { Status = status } }).Status);

    [Fact]
    public void Properties_that_would_be_cut_are_not_written() =>
        Assert.Null(ItemMessage.Ask(new ItemUpdateQuestion { Asker = Asker, Item = "ITEM1", Properties = new string('x', ItemMessage.PropertiesMax + 1) }, "kiosk1"));

    [Theory]
    [InlineData(LoanReason.Done, PatronFlags.None)]
    [InlineData(LoanReason.LoanLimit, PatronFlags.ChargeDenied | PatronFlags.TooManyCharged)]
    [InlineData(LoanReason.OverdueLimit, PatronFlags.ChargeDenied | PatronFlags.TooManyOverdue)]
    [InlineData(LoanReason.FeesOverLimit, PatronFlags.ChargeDenied | PatronFlags.ExcessiveFees)]
    [InlineData(LoanReason.LoanBan, PatronFlags.ChargeDenied)]
    public void The_status_says_why_a_patron_may_not_borrow(LoanReason reason, PatronFlags flags) =>
        Assert.Equal(flags, PatronInformationMessage.Answer(new() { Known = true, CardCode = DecisionCode.Granted, BorrowReason = reason }, DeviceRole.SelfCheck).Flags);

    [Theory]
    [InlineData(DeviceRole.SelfCheck, true, DecisionCode.Granted, PinResult.Missing, PatronStanding.Good)]
    [InlineData(DeviceRole.SelfCheck, true, DecisionCode.CardLost, PinResult.Missing, PatronStanding.Refused)]
    [InlineData(DeviceRole.SelfCheck, false, DecisionCode.CardUnknown, PinResult.Wrong, PatronStanding.Unknown)]
    [InlineData(DeviceRole.PcBooking, true, DecisionCode.Granted, PinResult.Right, PatronStanding.Good)]
    [InlineData(DeviceRole.PcBooking, true, DecisionCode.Granted, PinResult.Wrong, PatronStanding.Unknown)]
    [InlineData(DeviceRole.PcBooking, true, DecisionCode.Granted, PinResult.Missing, PatronStanding.Unknown)]
    [InlineData(DeviceRole.PcBooking, true, DecisionCode.Granted, PinResult.Locked, PatronStanding.Unknown)]
    [InlineData(DeviceRole.Door, true, DecisionCode.UseBan, PinResult.Right, PatronStanding.Refused)]
    public void R31_A_machine_that_hears_yes_or_no_hears_no_without_a_right_pin(DeviceRole role, bool known, DecisionCode code, PinResult pin, PatronStanding standing)
    {
        var answer = PatronInformationMessage.Answer(new() { Known = known, CardCode = code, PinResult = pin, PersonName = "Virtanen", Entries = { "ITEM1" } }, role);

        Assert.Equal(standing, answer.Standing);
        if (role != DeviceRole.SelfCheck)
            Assert.Equal(("", 0, null), (answer.Name, answer.List.Count, answer.Charged));
    }

    [Theory]
    [InlineData(PinResult.Unspecified)]
    [InlineData(PinResult.Missing)]
    [InlineData(PinResult.Wrong)]
    [InlineData(PinResult.Locked)]
    public void R22_What_a_register_tells_of_loans_without_a_right_pin_goes_no_further(PinResult pin)
    {
        var told = new GetPatronInformationResponse
        {
            Known = true,
            CardCode = DecisionCode.Granted,
            PinResult = pin,
            PersonName = "Virtanen",
            Loans = 3,
            Overdue = 1,
            HoldsReady = 1,
            HoldsWaiting = 1,
            Fees = 1,
            FeesCents = 150,
            FeeLimitCents = 1000,
            LoanLimit = 100,
            HoldLimit = 10,
            OverdueLimit = 5,
            Entries = { "ITEM1" },
        };

        var answer = PatronInformationMessage.Answer(told, DeviceRole.SelfCheck);

        Assert.Equal("Virtanen", answer.Name);
        Assert.Empty(answer.List);
        Assert.All(new object?[] { answer.Charged, answer.Overdue, answer.AvailableHolds, answer.UnavailableHolds, answer.Fines, answer.Recalls }, Assert.Null);
        Assert.All(new object?[] { answer.FeeAmount, answer.FeeLimit, answer.Currency, answer.ChargedLimit, answer.HoldLimit, answer.OverdueLimit }, Assert.Null);
    }

    [Fact]
    public void A_proof_stands_in_place_of_the_pin()
    {
        var borrower = LoanWords.BorrowerOf("2990", ByteString.CopyFrom(1, 2));

        Assert.Equal((true, 2), (borrower.Pin.IsEmpty, borrower.Proof.Length));
    }

    [Theory]
    [InlineData(PatronList.Holds, PatronListKind.HoldsReady)]
    [InlineData(PatronList.Overdue, PatronListKind.Overdue)]
    [InlineData(PatronList.Charged, PatronListKind.Loans)]
    [InlineData(PatronList.Fines, PatronListKind.Fees)]
    [InlineData(PatronList.Recalls, PatronListKind.Recalls)]
    [InlineData(PatronList.UnavailableHolds, PatronListKind.HoldsWaiting)]
    [InlineData(PatronList.None, PatronListKind.Unspecified)]
    public void A_list_is_asked_for_from_its_first_to_its_last_entry(PatronList list, PatronListKind kind)
    {
        var asked = PatronInformationMessage.Ask(new() { Asker = Asker, List = list, FirstItem = 2, LastItem = 20 }, "kiosk1", "a1", Borrower);

        Assert.Equal((kind, 2, 20), (asked.List, asked.First, asked.Last));
    }
}
