using System.Globalization;
using System.Reflection;
using KioskLink.Sip2.Tests.Client;
using KioskLink.Sip2.Tests.Hostile;
using KioskLink.Sip2.Tests.Server;
using KioskLink.Sip2.Tests.Wire;

namespace KioskLink.Sip2.Tests;

/// <summary>The traps of other vendors' systems that the wire reference lists (section 8), each with the tests that step into it.</summary>
public sealed class InteropTrapTests
{
    private const int Listed = 24;

    private static readonly Dictionary<int, (Type Tests, string Name)[]> Traps = new()
    {
        // CR, LF and both end a message, and no LF is left before the next.
        [1] = [(typeof(ToleranceTests), nameof(ToleranceTests.Messages_end_with_CR_or_LF_or_both)), (typeof(ListenerTests), nameof(ListenerTests.A_machine_that_ends_its_messages_with_CR_LF_is_not_taken_for_a_slow_one))],
        // A reply that is no SIP is an error, and the connection a new one.
        [2] = [(typeof(ClientExchangeTests), nameof(ClientExchangeTests.Anything_else_is_an_error)), (typeof(ClientTests), nameof(ClientTests.An_answer_that_is_none_is_an_error_and_a_new_connection))],
        // An empty PIN is refused unasked.
        [3] = [(typeof(SessionTests), nameof(SessionTests.An_empty_PIN_is_never_right_and_never_asked_about)), (typeof(ClientTests), nameof(ClientTests.An_empty_PIN_is_never_sent))],
        // A missing CQ is no yes.
        [4] = [(typeof(ToleranceTests), nameof(ToleranceTests.Twelve_says_nothing_of_a_right_PIN_where_it_is_silent)), (typeof(ClientExchangeTests), nameof(ClientExchangeTests.A_door_opens_only_for_a_yes_in_every_word))],
        // An unknown command never ends the session.
        [5] = [(typeof(SessionTests), nameof(SessionTests.An_unknown_command_is_ignored_or_asked_for_again_and_never_ends_the_session))],
        // 96 is answered so often and no more.
        [6] = [(typeof(ClientExchangeTests), nameof(ClientExchangeTests.Ninety_six_gets_the_same_bytes_again_and_no_more_often_than_allowed))],
        // The last field may lack its delimiter, and one may stand too many.
        [7] = [(typeof(ToleranceTests), nameof(ToleranceTests.The_last_field_need_not_end_with_a_delimiter)), (typeof(ToleranceTests), nameof(ToleranceTests.A_stray_delimiter_is_skipped))],
        // 23 always has AC and AD.
        [8] = [(typeof(VectorTests), nameof(VectorTests.A_patron_status_always_writes_password_and_PIN_which_library_systems_require))],
        // AO may be wrong or empty.
        [9] = [(typeof(SessionTests), nameof(SessionTests.The_branch_is_that_of_the_request_or_of_the_profile))],
        // Surplus characters behind the fixed part.
        [10] = [(typeof(ToleranceTests), nameof(ToleranceTests.Surplus_characters_behind_the_fixed_part_are_skipped))],
        // A padded print width, and messages without their time.
        [11] = [(typeof(ToleranceTests), nameof(ToleranceTests.A_print_width_may_be_padded_with_blanks)), (typeof(ToleranceTests), nameof(ToleranceTests.A_time_may_be_left_out))],
        // A screen message says nothing of success.
        [12] = [(typeof(ClientExchangeTests), nameof(ClientExchangeTests.A_door_opens_only_for_a_yes_in_every_word))],
        // Fields come in any order.
        [13] = [(typeof(VectorTests), nameof(VectorTests.Fields_in_any_order_say_the_same))],
        // One connection, a queue, and a limit.
        [14] = [(typeof(ClientTests), nameof(ClientTests.Too_many_requests_fail_at_once)), (typeof(ListenerTests), nameof(ListenerTests.Connections_are_limited_in_all_by_address_and_by_login))],
        // A connection that stays, and one for each question.
        [15] = [(typeof(ClientTests), nameof(ClientTests.A_client_and_our_own_server_do_everything_together))],
        // Which flags deny is the profile's.
        [16] = [(typeof(ExchangeTests), nameof(ExchangeTests.A_profile_chooses_the_flags_and_counts_that_its_machine_is_told))],
        // So is what is counted as a hold.
        [17] = [(typeof(ExchangeTests), nameof(ExchangeTests.A_profile_chooses_the_flags_and_counts_that_its_machine_is_told))],
        // A card's number may stand between blanks.
        [18] = [(typeof(ExchangeTests), nameof(ExchangeTests.What_happened_while_the_machine_was_alone_is_told_as_such))],
        // Wrong PINs are counted, over every connection.
        [19] = [(typeof(HostileMachineTests), nameof(HostileMachineTests.PIN_guesses_over_many_connections_all_reach_whoever_counts_them))],
        // A failed login ends the one before.
        [20] = [(typeof(SessionTests), nameof(SessionTests.A_failed_login_ends_the_one_before))],
        // A sum that is not told is none.
        [21] = [(typeof(ToleranceTests), nameof(ToleranceTests.Amounts_are_read_as_people_write_them))],
        // Sums are written alike in every country.
        [22] = [(typeof(InteropTrapTests), nameof(Sums_and_times_are_written_alike_whatever_the_machine_s_own_language_is))],
        // The terminal's password is taken from no machine and stands in no log.
        [23] = [(typeof(SecrecyTests), nameof(SecrecyTests.A_transcript_masks_every_secret_of_every_vector))],
        // Logs tell no PIN and no card.
        [24] = [(typeof(SecrecyTests), nameof(SecrecyTests.A_transcript_shows_no_secret_no_card_and_no_name)), (typeof(ListenerTests), nameof(ListenerTests.A_transcript_shows_both_sides_without_secrets))],
    };

    [Fact]
    public void Every_trap_of_the_reference_is_stepped_into_by_a_test_that_runs()
    {
        Assert.Equal(Enumerable.Range(1, Listed), Traps.Keys.Order());
        Assert.All(Traps.Values.SelectMany(tests => tests), test =>
            Assert.True(test.Tests.GetMethod(test.Name)?.GetCustomAttribute<FactAttribute>() is { Skip: null }, $"{test.Tests.Name}.{test.Name} is no test that runs"));
    }

    [Fact]
    public void Sums_and_times_are_written_alike_whatever_the_machine_s_own_language_is()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = Finnish();
        try
        {
            Assert.Contains("|BV1234.50|", Lines.Write(new PatronInformationResponse { Institution = "KIRJ", Patron = "1", FeeAmount = 1234.5m }), StringComparison.Ordinal);
            Assert.Equal(12.5m, Lines.Read<FeePaidRequest>("3720261121    2330000402EURBV12.50|AOKIRJ|AA1|").Amount);
            Assert.StartsWith("24              00720261121    233000", new CoreSession().Say($"2300720261121    233000AOKIRJ|AA{MemoryCirculation.Card}|AC|AD{MemoryCirculation.Pin}|"), StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    // A comma in numbers and a point in times; written out, since the tests' machine may know no languages.
    private static CultureInfo Finnish()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (culture.NumberFormat.NumberDecimalSeparator, culture.NumberFormat.NumberGroupSeparator, culture.NumberFormat.NegativeSign) = (",", "\u00A0", "\u2212");
        (culture.DateTimeFormat.TimeSeparator, culture.DateTimeFormat.DateSeparator) = (".", ".");
        return culture;
    }
}
