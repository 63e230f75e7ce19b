using KioskLink.Circulation.Lending;
using KioskLink.Sip2;
using KioskLink.Sip2.Circulation;
using KioskLink.Testing;

namespace KioskLink.Node.Tests.Circulation;

/// <summary>The same act has the same id, and no other has it.</summary>
public class ActIdTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private readonly VirtualTime _time = new();
    private readonly ActIds _ids;

    public ActIdTests() => _ids = new ActIds(_time);

    [Fact]
    public void The_same_act_told_again_has_the_same_id_for_two_minutes()
    {
        var id = _ids.Of(Loan());

        Assert.Equal(id, _ids.Of(Loan()));
        _time.Advance(ActIds.Window + TimeSpan.FromSeconds(1));
        Assert.NotEqual(id, _ids.Of(Loan()));
    }

    [Fact]
    public void An_act_that_was_given_another_id_has_it_when_it_is_told_again_until_it_is_withdrawn()
    {
        var first = Loan();
        var answered = _ids.Of(first);
        _ids.Renew(first);
        var renewed = _ids.Of(first);

        Assert.NotEqual(answered, renewed);
        Assert.Equal(renewed, _ids.Of(Loan()));
        _ids.Withdraw(first);
        Assert.DoesNotContain(_ids.Of(Loan()), new[] { answered, renewed });
    }

    [Fact]
    public void Another_card_item_pin_machine_or_time_is_another_act()
    {
        CheckoutQuestion[] acts =
        [
            Loan(), Loan() with { Card = "2991" }, Loan() with { Item = "ITEM2" }, Loan() with { Pin = new(Secret.From("4712"), false) },
            Loan() with { DeviceTime = Noon.AddSeconds(1) }, Loan() with { FeeAcknowledged = true }, Loan() with { Asker = new() { Login = "kiosk2" } },
        ];

        Assert.Equal(acts.Length, acts.Select(_ids.Of).Distinct().Count());
    }

    [Fact]
    public void A_return_between_two_loans_makes_the_second_another_act()
    {
        var first = _ids.Of(Loan());
        _ids.Of(new CheckinQuestion { Asker = new() { Login = "kiosk1" }, Item = "ITEM1", DeviceTime = Noon });

        Assert.NotEqual(first, _ids.Of(Loan()));
    }

    [Fact]
    public void One_question_has_one_id_whoever_asks_for_it_even_where_the_machine_tells_no_time()
    {
        var question = Loan() with { DeviceTime = null };

        Assert.Equal(_ids.Of(question), _ids.Of(question));
        Assert.NotEqual(_ids.Of(question), _ids.Of(Loan() with { DeviceTime = null }));
    }

    [Fact]
    public void A_second_payment_of_the_same_sum_is_a_second_payment_unless_its_number_says_otherwise()
    {
        Assert.NotEqual(_ids.Of(Payment(null)), _ids.Of(Payment(null)));
        Assert.Equal(_ids.Of(Payment("tx-1")), _ids.Of(Payment("tx-1")));
        Assert.Equal(_ids.Of(Payment("tx-1")), _ids.Of(Payment("tx-1") with { DeviceTime = Noon }));
        Assert.NotEqual(_ids.Of(Payment("tx-1")), _ids.Of(Payment("tx-2")));
    }

    [Fact]
    public void A_withdrawn_act_that_is_told_again_is_another_act()
    {
        var question = Loan();
        var first = _ids.Of(question);

        _ids.Withdraw(question);

        Assert.NotEqual(first, _ids.Of(question));
        Assert.NotEqual(first, _ids.Of(Loan()));
    }

    [Fact]
    public void No_more_acts_are_remembered_than_are_allowed()
    {
        for (var item = 0; item < ActIds.Limit + 100; item++)
            _ids.Of(Loan() with { Item = $"{item}" });

        Assert.NotEqual(_ids.Of(Loan() with { Item = "0" }), _ids.Of(Loan() with { Item = "0", DeviceTime = Noon.AddSeconds(2) }));
        Assert.InRange(_ids.Count, 1, ActIds.Limit);
    }

    private static CheckoutQuestion Loan() => new() { Asker = new() { Login = "kiosk1" }, Card = "2990", Item = "ITEM1", Pin = new(Secret.From("4711"), false), DeviceTime = Noon };

    private static FeeQuestion Payment(string? number) => new() { Asker = new() { Login = "kiosk1" }, Card = "2990", Amount = 5, TransactionId = number };
}
