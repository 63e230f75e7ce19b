using System.Text;
using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Import;
using static KioskLink.Protos.Types.V1.DecisionCode;

namespace KioskLink.Register.Tests.Import;

public sealed class ImportTests
{
    [Fact]
    public async Task Rows_become_patrons_who_can_enter_with_card_and_pin()
    {
        await using var register = await TestRegister.StartAsync();

        var call = await ImportCall.RunAsync(register, File(
            Row("1", 1, "4711", "Mäkinen,\"Aino, \"\"Nöpö\"\"\",1990-05-01,,sv,adult,FI-Main,2030-01-01,2026-01-01"),
            Row("2", 2, "0815", "Virtanen,Eero,,010594Y9032,,adult,,,2026-01-01")));

        Assert.Equal((2L, 2L, 0L), (call.Summary.Rows, call.Summary.Created, call.Summary.Rejected));
        Assert.True(call.ToldProgress);
        Assert.Equal(Granted, (await register.EnterAsync(TestRegister.CardNumber(1), "4711")).Code);
        Assert.Equal(Granted, (await register.EnterAsync(TestRegister.CardNumber(2), "0815")).Code);
        var patron = (await register.Patrons.GetPatron(new GetPatronRequest { CustomerId = "1" }, TestCall.Admin())).Patron;
        Assert.Equal(("Mäkinen", "Aino, \"Nöpö\"", "FI-Main"), (patron.Surname, patron.FirstNames, patron.HomeBranch));
    }

    [Theory]
    [InlineData("", 1, "4711", "A,B,1990-05-01,,fi,adult,,,", "customer_id")]
    [InlineData("1", 1, "47", "A,B,1990-05-01,,fi,adult,,,", "pin")]
    [InlineData("1", 1, "47a1", "A,B,1990-05-01,,fi,adult,,,", "pin")]
    [InlineData("1", 1, "4711", "A,B,1990-02-30,,fi,adult,,,", "date_of_birth")]
    [InlineData("1", 1, "4711", "A,B,,,fi,adult,,,", "date_of_birth")]
    [InlineData("1", 1, "4711", "A,B,1990-05-01,010594Y9033,fi,adult,,,", "identity_code")]
    [InlineData("1", 1, "4711", "A,B,1990-05-01,010594Y9032,fi,adult,,,", "identity_code")]
    [InlineData("1", 1, "4711", "A,B,1990-05-01,,de,adult,,,", "language")]
    [InlineData("1", 1, "4711", "A,B,1990-05-01,,fi,wizard,,,", "group")]
    [InlineData("1", 1, "4711", "A,B,1990-05-01,,fi,adult,,soon,", "card_expires_on")]
    [InlineData("1", 1, "4711", "A,B,1990-05-01,,fi,adult,,,2027-01-01", "terms_accepted_on")]
    [InlineData("1", 1, "4711", "A,B,1990-05-01,,fi,adult,,", "")]
    [InlineData("1", 1, "4711", "A,\"B\"x,1990-05-01,,fi,adult,,,", "")]
    [InlineData("1", 1, "4711", "A,\"B,1990-05-01,,fi,adult,,,", "")]
    public async Task A_bad_row_is_told_by_line_and_field_without_its_value_and_stops_nothing_else(
        string customer, int card, string pin, string rest, string field)
    {
        await using var register = await TestRegister.StartAsync();

        var call = await ImportCall.RunAsync(register, File(Row("8", 8), Row(customer, card, pin, rest), Row("9", 9)));

        var told = Assert.Single(call.Rows);
        Assert.Equal((3L, field, false), (told.Line, told.Field, told.Stored));
        Assert.Equal((3L, 2L, 1L), (call.Summary.Rows, call.Summary.Created, call.Summary.Rejected));
        Assert.All(new[] { TestRegister.CardNumber(card), pin, "1990-05-01", "010594Y" }, value => Assert.DoesNotContain(value, told.Reason, StringComparison.Ordinal));
        Assert.Equal(CardUnknown, (await register.EnterAsync(TestRegister.CardNumber(1), "4711")).Code);
    }

    [Fact]
    public async Task A_wrong_check_digit_is_told()
    {
        await using var register = await TestRegister.StartAsync();

        var call = await ImportCall.RunAsync(register, File("1,24400000000018,4711,A,B,1990-05-01,,fi,adult,,,"));

        Assert.Equal("card_number", Assert.Single(call.Rows).Field);
    }

    [Fact]
    public async Task A_card_or_identity_code_of_another_patron_is_rejected()
    {
        await using var register = await TestRegister.StartAsync();

        var call = await ImportCall.RunAsync(register, File(
            Row("1", 1, "4711", "A,B,,010594Y9032,fi,adult,,,"),
            Row("2", 1),
            Row("3", 3, "4711", "A,B,,010594Y9032,fi,adult,,,")));

        Assert.Equal([(3L, "card_number"), (4L, "identity_code")], call.Rows.Select(row => (row.Line, row.Field)));
    }

    [Fact]
    public async Task A_child_without_a_responsible_person_is_stored_and_listed()
    {
        await using var register = await TestRegister.StartAsync();

        var call = await ImportCall.RunAsync(register, File(Row("1", 1, "4711", "A,B,2018-05-01,,fi,child,,,2026-01-01")));

        var told = Assert.Single(call.Rows);
        Assert.Equal((2L, "responsible_customer_id", true), (told.Line, told.Field, told.Stored));
        Assert.Equal((1L, 1L), (call.Summary.Created, call.Summary.Remarks));
        Assert.Equal(Underage, (await register.EnterAsync(TestRegister.CardNumber(1), "4711")).Code);
    }

    [Fact]
    public async Task R39_What_a_file_says_was_given_for_a_child_by_nobody_is_left_out_listed_and_opens_no_door()
    {
        await using var register = await TestRegister.StartAsync();
        string File(string responsible) => $"{ImportCall.Header},responsible_customer_id,guardian_consent_on\n"
            + $"{Row("2", 2, "4711", "A,B,2018-05-01,,fi,child,,,2026-01-01")},{responsible},2026-06-01\n{Row("1", 1)},,\n";

        var alone = await ImportCall.RunAsync(register, File(""));
        Assert.Equal((2L, "responsible_customer_id", true), (Assert.Single(alone.Rows).Line, alone.Rows[0].Field, alone.Rows[0].Stored));
        Assert.Equal(Underage, (await register.EnterAsync(TestRegister.CardNumber(2), "4711")).Code);
        Assert.Empty((await register.Consents.ListConsents(new ListConsentsRequest { CustomerId = "2" }, TestCall.Admin())).Consents);

        var named = await ImportCall.RunAsync(register, File("1"));
        Assert.Empty(named.Rows);
        Assert.Equal(Granted, (await register.EnterAsync(TestRegister.CardNumber(2), "4711")).Code);
    }

    [Fact]
    public async Task R39_A_guardian_s_consent_to_a_grown_patron_for_whom_nobody_answers_is_left_out_and_listed()
    {
        await using var register = await TestRegister.StartAsync();

        var call = await ImportCall.RunAsync(register, $"{ImportCall.Header},responsible_customer_id,guardian_consent_on\n{Row("1", 1)},,2026-06-01\n");

        Assert.Equal((2L, "guardian_consent_on", true), (Assert.Single(call.Rows).Line, call.Rows[0].Field, call.Rows[0].Stored));
        Assert.Equal(Granted, (await register.EnterAsync(TestRegister.CardNumber(1), "4711")).Code);
    }

    [Fact]
    public async Task R15_A_community_for_which_nobody_answers_is_rejected_and_one_that_is_stored_with_somebody_is_not()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("2", 2, patron =>
        {
            (patron.Group, patron.Surname, patron.FirstNames, patron.DateOfBirth) = ("community", "Testilän koulu", "", "");
            patron.Responsible = new ResponsiblePersons { Persons = { new ResponsiblePerson { Surname = "Opettaja" } } };
        });

        var call = await ImportCall.RunAsync(register, File("1,,,Esimerkin koulu,,,,fi,community,,,", "2,,,Testilän koulu,,,,fi,community,,,"));

        Assert.Equal((2L, "responsible_customer_id", false), (Assert.Single(call.Rows).Line, call.Rows[0].Field, call.Rows[0].Stored));
        Assert.Equal((1L, 0L), (call.Summary.Rejected, call.Summary.Created));
    }

    [Fact]
    public async Task R15_A_child_who_has_somebody_already_is_not_listed_when_the_file_leaves_that_empty()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("1", 1);
        await register.PatronAsync("2", 2, patron => (patron.DateOfBirth, patron.ResponsibleCustomerId) = ("2018-05-01", "1"));
        await register.PatronAsync("3", 3, patron => (patron.DateOfBirth, patron.Responsible) = (
            "2018-05-01", new ResponsiblePersons { Persons = { new ResponsiblePerson { Surname = "Mäkinen" } } }));

        var call = await ImportCall.RunAsync(register, File("2,,,A,B,2018-05-01,,fi,child,,,", "3,,,A,B,2018-05-01,,fi,child,,,"));

        Assert.Empty(call.Rows);
        Assert.Equal(2L, call.Summary.Changed);
    }

    [Fact]
    public async Task The_optional_columns_carry_responsible_person_and_consent()
    {
        await using var register = await TestRegister.StartAsync();
        var file = $"{ImportCall.Header},responsible_customer_id,guardian_consent_on\n{Row("1", 1)},,\n"
            + $"{Row("2", 2, "4711", "A,B,2018-05-01,,fi,child,,,2026-01-01")},1,2026-06-01\n";

        var call = await ImportCall.RunAsync(register, file);

        Assert.Empty(call.Rows);
        Assert.Equal(Granted, (await register.EnterAsync(TestRegister.CardNumber(2), "4711")).Code);
    }

    [Fact]
    public async Task The_same_file_again_changes_nothing()
    {
        await using var register = await TestRegister.StartAsync();
        var file = File(Row("1", 1), Row("2", 2, "0815", "A,B,,010594Y9032,fi,adult,,,2026-01-01"));
        await ImportCall.RunAsync(register, file);
        var (head, pin) = (register.Core.Log.Head, register.Card(TestRegister.CardNumber(1)).Pin);

        var again = await ImportCall.RunAsync(register, file);

        Assert.Equal((2L, 0L, 0L), (again.Summary.Unchanged, again.Summary.Created, again.Summary.Changed));
        Assert.Equal(head, register.Core.Log.Head);
        Assert.Same(pin, register.Card(TestRegister.CardNumber(1)).Pin);
    }

    [Fact]
    public async Task A_new_pin_in_a_file_is_a_change_and_an_empty_field_clears_nothing()
    {
        await using var register = await TestRegister.StartAsync();
        await ImportCall.RunAsync(register, File(Row("1", 1), Row("2", 2)));

        var again = await ImportCall.RunAsync(register, File(Row("1", 1, "9315"), Row("2", 2, "", "Testinen,Tiina,1990-05-01,,fi,adult,,,")));

        Assert.Equal((1L, 1L), (again.Summary.Changed, again.Summary.Unchanged));
        Assert.Equal(Granted, (await register.EnterAsync(TestRegister.CardNumber(1), "9315")).Code);
        Assert.Equal(Granted, (await register.EnterAsync(TestRegister.CardNumber(2), "4711")).Code);
    }

    [Fact]
    public async Task A_strict_import_ends_at_the_first_bad_row_and_keeps_what_was_before_it()
    {
        await using var register = await TestRegister.StartAsync();

        var call = await ImportCall.RunAsync(register, File(Row("1", 1), Row("2", 1), Row("3", 3)), start => start.Strict = true);

        Assert.True(call.Summary.Aborted);
        Assert.Equal((2L, 1L, 1L), (call.Summary.Rows, call.Summary.Created, call.Summary.Rejected));
        Assert.Equal(CardUnknown, (await register.EnterAsync(TestRegister.CardNumber(3), "4711")).Code);
    }

    [Fact]
    public async Task An_import_that_was_cut_off_goes_on_after_its_last_stored_row()
    {
        await using var register = await TestRegister.StartAsync();
        var rows = PatronImport.BatchRows + 10;
        var file = File([.. Enumerable.Range(1, rows).Select(n => Row($"{n}", n, pin: ""))]);
        await Assert.ThrowsAsync<OperationCanceledException>(() => ImportCall.RunAsync(register, file, dieAfterRows: 1));
        await register.RestartAsync();

        var resumed = await ImportCall.RunAsync(register, file, start => start.Resume = true);
        var anew = await ImportCall.RunAsync(register, file, start => start.Resume = true);

        Assert.Equal((rows, 64, 10), ((int)resumed.Summary.Rows, (int)resumed.Summary.Resumed, (int)resumed.Summary.Created));
        Assert.Equal((0, rows), ((int)anew.Summary.Resumed, (int)anew.Summary.Unchanged));
        Assert.Equal(rows, register.Core.Index.CardCount);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("\n\n", "empty")]
    [InlineData("customer_id,card_number\n", "pin")]
    [InlineData("customer_id;card_number;pin\n", "commas")]
    [InlineData("customer_id\tcard_number\tpin\n", "commas")]
    [InlineData(ImportCall.Header + ",shoe_size\n", "shoe_size")]
    [InlineData("1,24400000000019,4711,A,B,1990-05-01,,fi,adult,,,\n", "unknown column")]
    public async Task A_file_without_the_right_header_is_refused_whole(string file, string why)
    {
        await using var register = await TestRegister.StartAsync();

        var call = await ImportCall.RunAsync(register, file);

        var told = Assert.Single(call.Rows);
        Assert.Equal(1, told.Line);
        Assert.Contains(why, told.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("24400000000019", told.Reason, StringComparison.Ordinal);
        Assert.True(call.Summary.Aborted);
    }

    [Fact]
    public async Task A_file_that_is_not_utf_8_says_so()
    {
        await using var register = await TestRegister.StartAsync();

        var call = await ImportCall.RunAsync(register, Encoding.Latin1.GetBytes(File(Row("1", 1, "4711", "Mäkinen,B,1990-05-01,,fi,adult,,,"))));

        Assert.Contains("UTF-8", Assert.Single(call.Rows).Reason, StringComparison.Ordinal);
        Assert.True(call.Summary.Aborted);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_stands_before_the_place_where_a_file_becomes_unreadable_is_stored(bool isTooLong)
    {
        await using var register = await TestRegister.StartAsync();
        var end = isTooLong ? Encoding.UTF8.GetBytes(new string('x', TextLines.LengthMax + 1)) : [0xFF, 0xFE, 0xFF];

        var call = await ImportCall.RunAsync(register, [.. Encoding.UTF8.GetBytes(File(Row("1", 1), Row("2", 2))), .. end]);

        Assert.Equal((true, 2L), (call.Summary.Aborted, call.Summary.Created));
        Assert.Single(call.Rows);
    }

    [Fact]
    public async Task A_byte_order_mark_and_windows_line_ends_do_no_harm()
    {
        await using var register = await TestRegister.StartAsync();

        var call = await ImportCall.RunAsync(register, "\uFEFF" + File(Row("1", 1), Row("2", 2)).Replace("\n", "\r\n", StringComparison.Ordinal));

        Assert.Equal(2, call.Summary.Created);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public async Task A_line_break_in_a_quoted_name_is_a_space_and_lines_are_counted_as_an_editor_does(string end)
    {
        await using var register = await TestRegister.StartAsync();
        var file = File(
            Row("1", 1, "4711", "\"Meri-\nKoski\",\"Aino\n\"\"Nöpö\"\"\",1990-05-01,,fi,adult,,,"),
            Row("2", 2, "47"),
            Row("3", 3));

        var call = await ImportCall.RunAsync(register, file.Replace("\n", end, StringComparison.Ordinal));

        Assert.Equal((3L, 2L), (call.Summary.Rows, call.Summary.Created));
        Assert.Equal((5L, "pin"), (Assert.Single(call.Rows).Line, call.Rows[0].Field));
        var patron = (await register.Patrons.GetPatron(new GetPatronRequest { CustomerId = "1" }, TestCall.Admin())).Patron;
        Assert.Equal(("Meri- Koski", "Aino \"Nöpö\""), (patron.Surname, patron.FirstNames));
    }

    [Fact]
    public async Task A_line_break_where_none_can_be_spoils_its_own_row()
    {
        await using var register = await TestRegister.StartAsync();

        var call = await ImportCall.RunAsync(register, File($"\"1\n2\",{TestRegister.CardNumber(1)},4711,A,B,1990-05-01,,fi,adult,,,", Row("9", 9)));

        Assert.Equal((2L, "customer_id"), (Assert.Single(call.Rows).Line, call.Rows[0].Field));
        Assert.Equal(1, call.Summary.Created);
    }

    [Fact]
    public async Task A_quotation_mark_that_is_never_closed_spoils_its_own_row_even_where_later_rows_have_marks()
    {
        await using var register = await TestRegister.StartAsync();

        var call = await ImportCall.RunAsync(register, File(
            Row("1", 1, "4711", "A,\"B,1990-05-01,,fi,adult,,,"),
            Row("2", 2, "4711", "\"A\",\"B\",1990-05-01,,fi,adult,,,"),
            Row("3", 3)));

        Assert.Equal(2, Assert.Single(call.Rows).Line);
        Assert.Equal((3L, 2L), (call.Summary.Rows, call.Summary.Created));
    }

    [Fact]
    public async Task Empty_lines_are_no_rows()
    {
        await using var register = await TestRegister.StartAsync();

        var call = await ImportCall.RunAsync(register, File(Row("1", 1), "", Row("2", 2, "47")) + "\n\n");

        Assert.Equal((2L, 1L), (call.Summary.Rows, call.Summary.Created));
        Assert.Equal(4, Assert.Single(call.Rows).Line);
    }

    [Fact]
    public async Task The_same_row_twice_changes_nothing_the_second_time()
    {
        await using var register = await TestRegister.StartAsync();

        var call = await ImportCall.RunAsync(register, File(Row("1", 1), Row("1", 1), Row("1", 1, "9315")));

        Assert.Equal((1L, 1L, 1L), (call.Summary.Created, call.Summary.Unchanged, call.Summary.Changed));
        Assert.Equal(Granted, (await register.EnterAsync(TestRegister.CardNumber(1), "9315")).Code);
    }

    [Fact]
    public async Task A_new_pin_from_a_file_lifts_the_locks_of_the_old_one_and_the_old_pin_again_does_not()
    {
        await using var register = await TestRegister.StartAsync();
        await ImportCall.RunAsync(register, File(Row("1", 1)));
        await register.Cards.LockPin(new LockPinRequest { CardNumber = TestRegister.CardNumber(1), Reason = "guessed" }, TestCall.Admin());

        await ImportCall.RunAsync(register, File(Row("1", 1)));
        Assert.Equal(PinLocked, (await register.EnterAsync(TestRegister.CardNumber(1), "4711")).Code);

        await ImportCall.RunAsync(register, File(Row("1", 1, "9315")));
        Assert.Equal(Granted, (await register.EnterAsync(TestRegister.CardNumber(1), "9315")).Code);
    }

    [Fact]
    public async Task A_responsible_person_whom_nobody_knows_at_the_end_of_the_file_is_listed_and_one_who_comes_later_is_not()
    {
        await using var register = await TestRegister.StartAsync();
        string Child(int n, string responsible) => $"{Row($"{n}", n, "4711", "A,B,2018-05-01,,fi,child,,,2026-01-01")},{responsible},\n";
        var file = $"{ImportCall.Header},responsible_customer_id,guardian_consent_on\n{Child(1, "3")}{Child(2, "nobody")}{Row("3", 3)},,\n";

        var call = await ImportCall.RunAsync(register, file);

        Assert.Equal((3L, "responsible_customer_id", true), (Assert.Single(call.Rows).Line, call.Rows[0].Field, call.Rows[0].Stored));
        Assert.Equal((3L, 1L), (call.Summary.Created, call.Summary.Remarks));
    }

    [Fact]
    public async Task An_import_begins_with_how()
    {
        await using var register = await TestRegister.StartAsync();

        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "start.import_id", () =>
            ImportCall.RunAsync(register, File(), start => start.ImportId = new string('x', 201)));
    }

    private static string File(params string[] rows) => string.Join('\n', rows.Prepend(ImportCall.Header)) + "\n";

    private static string Row(string customer, int card, string pin = "4711", string rest = "Testinen,Tiina,1990-05-01,,fi,adult,,,2026-01-01") =>
        $"{customer},{TestRegister.CardNumber(card)},{pin},{rest}";
}
