using KioskLink.Protos.Register.V1;

namespace KioskLink.Cli;

/// <summary>Finding patrons, and what is written beside them: notes, messages, consents.</summary>
public sealed class PatronFileCommandsTests : FakeServerTest
{
    [Fact]
    public async Task Patrons_are_searched_in_one_way_and_shown_with_their_marks()
    {
        Script.On<SearchPatronsRequest>(_ => new SearchPatronsResponse
        {
            Patrons = { new PatronSummary { CustomerId = "1001", Surname = "Näsi", FirstNames = "[Aino]", DateOfBirth = "1980-01-31", Age = 46, HasBan = true, HasUnsettled = true } },
            NextPageToken = "next",
        });

        var printed = await Server.RunTyping(["näs ai"], "patron", "search", "-", "--limit", "1");

        Assert.Equal(0, printed.Code);
        var request = Assert.Single(Script.Requests<SearchPatronsRequest>());
        Assert.Equal(("näs ai", 1), (request.NamePrefix, request.PageSize));
        Assert.Contains("Näsi, [Aino]", printed.Output, StringComparison.Ordinal);
        Assert.Contains("banned, unsettled", printed.Output, StringComparison.Ordinal);
        Assert.Contains("There are more", printed.Output, StringComparison.Ordinal);
        Assert.Equal("next", (string?)(await Server.RunTyping(["1980-01-31"], "patron", "search", "--born", "-", "--json")).Json["nextPageToken"]);
        Assert.Equal("1980-01-31", Script.Requests<SearchPatronsRequest>()[1].DateOfBirth);
    }

    [Theory]
    [InlineData]
    [InlineData("-", "--card", "-")]
    [InlineData("--customer", "1001", "--born", "-")]
    public async Task Whom_to_find_is_said_in_one_way(params string[] words) => Assert.Equal(2, (await Server.RunTyping(["näsi", "29909090000018"], ["patron", "search", .. words])).Code);

    [Fact]
    public async Task R15_Who_lacks_a_responsible_person_is_found_alone_or_among_those_of_a_name()
    {
        Script.On<SearchPatronsRequest>(_ => new SearchPatronsResponse { Patrons = { new PatronSummary { CustomerId = "1002", Surname = "Näsi" } } });

        var all = await Server.Run("patron", "search", "--lacks-responsible");
        await Server.RunTyping(["näs"], "patron", "search", "-", "--lacks-responsible");
        await Server.RunTyping(["näs"], "patron", "search", "-");

        Assert.Contains("1002", all.Output, StringComparison.Ordinal);
        Assert.Equal([("", true), ("näs", true), ("näs", false)], Script.Requests<SearchPatronsRequest>().Select(request => (request.NamePrefix, request.LacksResponsible)));
    }

    [Fact]
    public async Task A_patron_is_shown_with_contact_data_and_whoever_answers_for_it()
    {
        Script.On<GetPatronRequest>(_ => new GetPatronResponse
        {
            Patron = new Patron
            {
                CustomerId = "1002",
                Surname = "Näsi",
                FirstNames = "Lapsi",
                DateOfBirth = "2015-01-31",
                Age = 11,
                Contact = new Contact { Address = new PostalAddress { Street = "Testikuja 1", PostalCode = "15100", City = "Lahti" }, Phones = { "031234567" }, Email = "a@example.org" },
                Responsible = new ResponsiblePersons { Persons = { new ResponsiblePerson { CustomerId = "1001", Surname = "Näsi", FirstNames = "Aino", Role = ResponsibleRole.Guardian } } },
                Notices = new NoticePreferences { Preferences = { new NoticePreference { Kind = NoticeKind.PickUp, Channel = NoticeChannel.Email } } },
            },
        });

        var printed = (await Server.Run("patron", "show", "1002")).Output;

        Assert.Contains("2015-01-31 (age 11)", printed, StringComparison.Ordinal);
        Assert.Contains("Testikuja 1, 15100 Lahti", printed, StringComparison.Ordinal);
        Assert.Contains("Aino Näsi (GUARDIAN, customer 1001)", printed, StringComparison.Ordinal);
        Assert.Contains("PICK_UP by EMAIL", printed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_tells_of_a_person_is_asked_for_where_a_dash_stands_so_that_no_list_of_processes_holds_it()
    {
        Script.On<GetPatronRequest>(_ => new GetPatronResponse { Patron = new Patron() });
        Script.On<SearchPatronsRequest>(_ => new SearchPatronsResponse());
        Script.On<AddNoteRequest>(request => new AddNoteResponse { Note = request.Note });
        Script.On<AddMessageRequest>(request => new AddMessageResponse { Message = request.Message });

        await Server.RunTyping(["29909090000018"], "patron", "show", "--card", "-");
        await Server.RunTyping(["koiv ai"], "patron", "search", "-");
        await Server.RunTyping(["1980-01-31"], "patron", "search", "--born", "-");
        await Server.RunTyping(["owes an umbrella"], "patron", "note", "add", "1001", "-");
        await Server.RunTyping(["Your umbrella waits."], "patron", "message", "add", "1001", "-");

        Assert.Equal("29909090000018", Assert.Single(Script.Requests<GetPatronRequest>()).CardNumber);
        Assert.Equal(["koiv ai", ""], Script.Requests<SearchPatronsRequest>().Select(request => request.NamePrefix));
        Assert.Equal("1980-01-31", Script.Requests<SearchPatronsRequest>()[^1].DateOfBirth);
        Assert.Equal("owes an umbrella", Assert.Single(Script.Requests<AddNoteRequest>()).Note.Body);
        Assert.Equal("Your umbrella waits.", Assert.Single(Script.Requests<AddMessageRequest>()).Message.Body);
    }

    [Theory]
    [InlineData("Koivunen", "patron", "search", "Koivunen")]
    [InlineData("Koivunen", "patron", "search", "koiv", "Koivunen")]
    [InlineData("29909090000018", "patron", "search", "--card", "29909090000018")]
    [InlineData("1980-01-31", "patron", "search", "--born", "1980-01-31")]
    [InlineData("29909090000018", "patron", "show", "--card", "29909090000018")]
    [InlineData("umbrella", "patron", "note", "add", "1001", "owes an umbrella")]
    [InlineData("umbrella", "patron", "message", "add", "1001", "Your umbrella waits.")]
    [InlineData("29909090000018", "access", "explain", "--card", "29909090000018", "--branch", "A", "--door", "front")]
    [InlineData("Aino Testi", "staff", "add", "aino", "--name", "Aino Testi", "--role", "librarian")]
    [InlineData("Niemi", "request", "rectify", "surname=Niemi", "--customer", "1001")]
    [InlineData("Johtaja", "camera", "grant", "add", "viewer", "--granted-by", "Testi Johtaja", "--undertaking", "D", "--signed", "2026-11-30", "--until", "2027-06-01")]
    [InlineData("010594Y9032", "ban", "lift", "b1", "use", "--reason", "asked by 010594Y9032")]
    [InlineData("010594Y9032", "patron", "show", "010594Y9032")]
    public async Task What_tells_of_a_person_is_refused_on_the_command_line_with_the_mend_and_not_repeated(string told, params string[] words)
    {
        var printed = await Server.Run(words);

        Assert.Equal(2, printed.Code);
        Assert.Contains("write -", printed.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(told, printed.Errors + printed.Output, StringComparison.Ordinal);
        Assert.Empty(Script.Requests<GetPatronRequest>());
    }

    [Fact]
    public async Task Notes_are_added_settled_and_listed()
    {
        Script.On<AddNoteRequest>(request => new AddNoteResponse { Note = new PatronNote { NoteId = "7", Body = request.Note.Body, Unsettled = request.Note.Unsettled } });
        Script.On<SettleNoteRequest>(request => new SettleNoteResponse { Note = new PatronNote { NoteId = request.NoteId } });
        Script.On<ListNotesRequest>(request => new ListNotesResponse { Notes = { new PatronNote { NoteId = request.PageToken + "1" } }, NextPageToken = request.PageToken.Length == 0 ? "2" : "" });

        var added = await Server.RunTyping(["owes an umbrella"], "patron", "note", "add", "1001", "-", "--unsettled", "--json");
        var settled = await Server.Run("patron", "note", "settle", "1001", "7", "--json");
        var listed = await Server.Run("patron", "note", "list", "1001", "--json");

        Assert.Equal(("7", true, "owes an umbrella"), ((string?)added.Json["noteId"], (bool)added.Json["unsettled"]!, (string?)added.Json["body"]));
        Assert.Equal("7", (string?)settled.Json["noteId"]);
        Assert.Equal(["1", "21"], listed.Json["notes"]!.AsArray().Select(note => (string?)note!["noteId"]));
    }

    [Fact]
    public async Task Messages_are_to_the_patron_unless_they_are_about_one()
    {
        Script.On<AddMessageRequest>(request => new AddMessageResponse { Message = request.Message });
        Script.On<RemoveMessageRequest>(_ => new RemoveMessageResponse());
        Script.On<ListMessagesRequest>(_ => new ListMessagesResponse());

        await Server.RunTyping(["hello"], "patron", "message", "add", "1001", "-");
        await Server.RunTyping(["hello"], "patron", "message", "add", "1001", "-", "--about");
        var removed = await Server.Run("patron", "message", "remove", "1001", "9", "--reason", "sent twice");
        var listed = await Server.Run("patron", "message", "list", "1001");

        Assert.Equal([MessageDirection.ToPatron, MessageDirection.AboutPatron], Script.Requests<AddMessageRequest>().Select(request => request.Message.Direction));
        Assert.Equal("sent twice", Script.Requests<RemoveMessageRequest>().Single().Reason);
        Assert.Contains("There was no such message.", removed.Output, StringComparison.Ordinal);
        Assert.Contains("No messages.", listed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Consents_are_entered_and_the_ledger_is_listed()
    {
        Script.On<RecordConsentRequest>(request => new RecordConsentResponse { Consent = request.Consent, Added = request.Consent.Act == ConsentAct.Given });
        Script.On<ListConsentsRequest>(_ => new ListConsentsResponse
        {
            Consents = { new Consent { ConsentId = 4, Kind = ConsentKind.LoanHistory, Act = ConsentAct.Given, ByResponsible = true, GiverCustomerId = "1000" } },
            Standings = { new ConsentStanding { Kind = ConsentKind.LoanHistory, State = ConsentState.Given } },
        });

        var given = await Server.Run("consent", "give", "1001", "loan-history", "--on", "2026-11-01", "--channel", "paper", "--by-responsible");
        var again = await Server.Run("consent", "withdraw", "1001", "terms");
        var listed = await Server.Run("consent", "list", "1001");

        var first = Script.Requests<RecordConsentRequest>()[0].Consent;
        Assert.Equal((ConsentKind.LoanHistory, ConsentAct.Given, "2026-11-01", ConsentChannel.Paper, true), (first.Kind, first.Act, first.ActedOn, first.Channel, first.ByResponsible));
        Assert.Equal((ConsentKind.Terms, ConsentAct.Withdrawn), (Script.Requests<RecordConsentRequest>()[1].Consent.Kind, Script.Requests<RecordConsentRequest>()[1].Consent.Act));
        Assert.Contains("Entered as number", given.Output, StringComparison.Ordinal);
        Assert.Contains("It stood so already.", again.Output, StringComparison.Ordinal);
        Assert.Contains("LOAN_HISTORY", listed.Output, StringComparison.Ordinal);
        Assert.Contains("1000", listed.Output, StringComparison.Ordinal);
        Assert.Equal(2, (await Server.Run("consent", "give", "1001", "everything")).Code);
    }
}
