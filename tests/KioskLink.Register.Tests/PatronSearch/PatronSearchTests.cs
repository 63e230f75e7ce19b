using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Patrons;
using KioskLink.Register.PatronSearch;
using KioskLink.Register.Tests.Patrons;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Tests.PatronSearch;

/// <summary>Patrons are found by the beginnings of their names, by customer id, card and birthday, in pages.</summary>
public sealed class PatronSearchTests
{
    [Theory]
    [InlineData("Mäkinen-Öhman", "makinen ohman")]
    [InlineData("  D'Angelo,  ÅSA ", "dangelo asa")]
    [InlineData("Łukasz Ðórðr Sørensen Straße", "lukasz dordr sorensen strasse")]
    [InlineData("%_*?", "")]
    [InlineData("Ma\u0308ki", "maki")]
    public void Names_are_searched_in_small_letters_without_marks(string name, string folded) => Assert.Equal(folded, FoldedName.Of(name));

    [Theory]
    [InlineData("MÄKINEN", "2 3")]
    [InlineData("makinen aino", "2")]
    [InlineData("aino makinen", "2")]
    [InlineData("ai", "2 1")]
    [InlineData("aino", "2 1")]
    [InlineData("ai ko", "1")]
    [InlineData("öhm", "3")]
    [InlineData("testi", "1")]
    [InlineData("koivunen matti", "")]
    [InlineData("kinen", "")]
    [InlineData("%%", null)]
    [InlineData("k", null)]
    public async Task Any_words_of_a_name_may_be_begun_in_any_order(string text, string? found)
    {
        await using var register = await TestRegister.StartAsync();
        await NamedAsync(register, "1", "Koivunen", "Aino Testi");
        await NamedAsync(register, "2", "Mäkinen", "Aino");
        await NamedAsync(register, "3", "Mäkinen-Öhman", "Matti");

        if (found is null)
        {
            await Refusals.RefusedAsync(StatusCode.InvalidArgument, "name_prefix", () => SearchAsync(register, request => request.NamePrefix = text));
            return;
        }

        Assert.Equal(found, string.Join(' ', Ids(await SearchAsync(register, request => request.NamePrefix = text))));
    }

    [Fact]
    public async Task R15_Who_needs_a_responsible_person_and_has_none_is_found_by_each_kind_of_search_and_by_none()
    {
        await using var register = await LackingAsync();

        Assert.Equal(["child", "club", "orphan"], Ids(await SearchAsync(register, request => request.LacksResponsible = true)));
        Assert.Equal(["child", "club", "orphan"], Ids(await SearchAsync(register, request => (request.NamePrefix, request.LacksResponsible) = ("koiv", true))).Order(StringComparer.Ordinal));
        Assert.Equal(["child"], Ids(await SearchAsync(register, request => (request.CustomerIdPrefix, request.LacksResponsible) = ("ch", true))));
        Assert.Equal(["orphan"], Ids(await SearchAsync(register, request => (request.DateOfBirth, request.LacksResponsible) = ("2014-02-03", true))));
        Assert.Equal(["child"], Ids(await SearchAsync(register, request => (request.CardNumber, request.LacksResponsible) = (TestRegister.CardNumber(1), true))));
        Assert.Empty(Ids(await SearchAsync(register, request => (request.CardNumber, request.LacksResponsible) = (TestRegister.CardNumber(2), true))));
    }

    [Fact]
    public async Task R15_Who_lacks_a_responsible_person_comes_in_pages_and_drops_out_on_the_fifteenth_birthday()
    {
        await using var register = await LackingAsync();
        var first = await SearchAsync(register, request => (request.LacksResponsible, request.PageSize) = (true, 1));
        var second = await SearchAsync(register, request => (request.LacksResponsible, request.PageSize, request.PageToken) = (true, 1, first.NextPageToken));

        Assert.Equal(["child", "club"], Ids(first).Concat(Ids(second)));
        register.Time.SetWallClock(new DateTimeOffset(2030, 5, 31, 20, 59, 0, TimeSpan.Zero));
        Assert.Contains("child", Ids(await SearchAsync(register, request => request.LacksResponsible = true)));
        register.Time.SetWallClock(new DateTimeOffset(2030, 5, 31, 21, 0, 0, TimeSpan.Zero));
        Assert.DoesNotContain("child", Ids(await SearchAsync(register, request => request.LacksResponsible = true)));
    }

    [Fact]
    public async Task R15_R76_A_restricted_person_is_not_told_to_lack_anybody()
    {
        await using var register = await LackingAsync();
        await register.RestrictAsync("child");

        Assert.Equal(["club", "orphan"], Ids(await SearchAsync(register, request => request.LacksResponsible = true, TestCall.Of(KioskLink.Register.Identity.CallerRole.Librarian, "librarian"))));
        Assert.Equal(["child", "club", "orphan"], Ids(await SearchAsync(register, request => request.LacksResponsible = true, TestCall.Of(KioskLink.Register.Identity.CallerRole.DataProtectionOfficer, "officer"))));
    }

    // A child with a guardian who is no patron, one whose patron answers, one whose patron is gone, one with nobody; an adult; a club.
    private static async Task<TestRegister> LackingAsync()
    {
        var register = await TestRegister.StartAsync();
        await register.PatronAsync("adult", 2);
        await register.PatronAsync("gone", 3);
        await register.PatronAsync("child", 1, patron => (patron.DateOfBirth, patron.Group, patron.ResponsibleCustomerId) = ("2015-06-01", "child", "adult"));
        await register.PatronAsync("orphan", 4, patron => (patron.DateOfBirth, patron.Group, patron.ResponsibleCustomerId) = ("2014-02-03", "child", "gone"));
        await register.PatronAsync("answered", 5, patron => (patron.DateOfBirth, patron.Group, patron.ResponsibleCustomerId) = ("2014-02-03", "child", "adult"));
        await register.PatronAsync("guarded", 6, patron => (patron.DateOfBirth, patron.Group, patron.Responsible) = (
            "2014-02-03", "child", new ResponsiblePersons { Persons = { new ResponsiblePerson { Surname = "Vartija", FirstNames = "Testi", DateOfBirth = "1980-01-01", Role = ResponsibleRole.Guardian, Contact = new Contact { Email = "vartija@example.org" } } } }));
        await register.PatronAsync("club", 7, patron => (patron.DateOfBirth, patron.FirstNames, patron.Group, patron.ResponsibleCustomerId) = ("", "", "community", "adult"));
        // As an import leaves them, and an erasure.
        await register.Core.Lane.WriteAsync(scope =>
        {
            foreach (var alone in scope.Db.Set<PatronRow>().Where(row => row.CustomerId == "child" || row.CustomerId == "club").ToList())
            {
                scope.Db.Update(alone with { ResponsibleCustomerId = "" });
            }

            scope.Db.Update(scope.Db.Set<PatronRow>().Single(row => row.CustomerId == "gone") with { CustomerId = "other" });
            scope.Db.SaveChanges();
        });
        return register;
    }

    [Fact]
    public async Task Whose_surname_fits_comes_first_and_nobody_comes_twice()
    {
        await using var register = await TestRegister.StartAsync();
        await NamedAsync(register, "1", "Virtanen", "Aila Aino Aina");
        await NamedAsync(register, "2", "Aimonen", "Aino");
        await NamedAsync(register, "3", "Aitta-Aho", "Aimo");

        Assert.Equal(["2", "3", "1"], Ids(await SearchAsync(register, request => request.NamePrefix = "ai")));
    }

    [Fact]
    public async Task Pages_name_everybody_once_whoever_comes_and_goes_meanwhile()
    {
        await using var register = await TestRegister.StartAsync();
        for (var n = 10; n < 17; n++)
        {
            await NamedAsync(register, $"{n}", n % 2 == 0 ? "Aho" : "Virtanen", "Aatu Aapo");
        }

        var pages = new List<string>();
        var token = "";
        do
        {
            var page = await SearchAsync(register, request => (request.NamePrefix, request.PageSize, request.PageToken) = ("aa", 2, token));
            pages.AddRange(Ids(page));
            token = page.NextPageToken;
            await NamedAsync(register, "09", "Aaltonen", "Aatu");
        }
        while (token.Length > 0);

        Assert.Equal(Enumerable.Range(10, 7).Select(n => $"{n}"), pages.Order());
    }

    [Fact]
    public async Task A_changed_name_is_found_and_the_old_one_is_not()
    {
        await using var register = await TestRegister.StartAsync();
        await NamedAsync(register, "1", "Koivunen", "Aino");
        await NamedAsync(register, "1", "Mäntynen", "Aino");

        Assert.Empty((await SearchAsync(register, request => request.NamePrefix = "koivu")).Patrons);
        Assert.Equal(["1"], Ids(await SearchAsync(register, request => request.NamePrefix = "manty")));
    }

    [Fact]
    public async Task Customer_ids_are_found_by_their_beginning_in_pages()
    {
        await using var register = await TestRegister.StartAsync();
        foreach (var id in new[] { "100", "1001", "1002", "200" })
        {
            await NamedAsync(register, id, "A", "B");
        }

        var first = await SearchAsync(register, request => (request.CustomerIdPrefix, request.PageSize) = ("100", 2));
        var second = await SearchAsync(register, request => (request.CustomerIdPrefix, request.PageSize, request.PageToken) = ("100", 2, first.NextPageToken));

        Assert.Equal(["100", "1001"], Ids(first));
        Assert.Equal(["1002"], Ids(second));
        Assert.Equal("", second.NextPageToken);
    }

    [Fact]
    public async Task A_card_and_a_birthday_find_their_patrons_with_what_tells_them_apart()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("1", 1, patron => (patron.DateOfBirth, patron.FeesCents, patron.HomeBranch) = ("1990-12-01", 120, TestRegister.Main));
        await register.PatronAsync("2", 2, patron => patron.DateOfBirth = "1990-12-02");
        await register.BanAsync("1", Wire.BanKind.Loan);

        var byCard = Assert.Single((await SearchAsync(register, request => request.CardNumber = card)).Patrons);
        var byBirthday = Assert.Single((await SearchAsync(register, request => request.DateOfBirth = "1990-12-01")).Patrons);

        Assert.Equal(byCard, byBirthday);
        Assert.Equal(("1", "Koivunen", "Aino Testi", "1990-12-01", 36, "adult"), (byCard.CustomerId, byCard.Surname, byCard.FirstNames, byCard.DateOfBirth, byCard.Age, byCard.Group));
        Assert.Equal((true, false, true, TestRegister.Main), (byCard.HasBan, byCard.Restricted, byCard.HasUnsettled, byCard.HomeBranch));
        Assert.Empty((await SearchAsync(register, request => request.CardNumber = TestRegister.CardNumber(9))).Patrons);
    }

    [Fact]
    public async Task Each_impossible_search_names_its_field()
    {
        await using var register = await TestRegister.StartAsync();

        await WrongAsync("key", _ => { });
        await WrongAsync("card_number", request => request.CardNumber = "12345");
        await WrongAsync("date_of_birth", request => request.DateOfBirth = "1.5.1990");
        await WrongAsync("customer_id_prefix", request => request.CustomerIdPrefix = "");
        await WrongAsync("purpose", request => (request.NamePrefix, request.Purpose) = ("koivu", "gossip"));
        await WrongAsync("page_size", request => (request.NamePrefix, request.PageSize) = ("koivu", -1));
        foreach (var token in new[] { "x", "2.1.61", "1.x.61", "1.1.6", "1.1", "1" })
        {
            await WrongAsync("page_token", request => (request.NamePrefix, request.PageToken) = ("koivu", token));
        }

        Task WrongAsync(string field, Action<SearchPatronsRequest> spoil) =>
            Refusals.RefusedAsync(StatusCode.InvalidArgument, $"`{field}`", () => SearchAsync(register, spoil));
    }

    [Fact]
    public async Task Patrons_who_were_there_before_the_search_are_found_after_the_next_start()
    {
        await using var register = await TestRegister.StartAsync();
        for (var n = 0; n < 3; n++)
        {
            await NamedAsync(register, $"{n}", "Koivunen", "Aino");
        }

        await register.Core.Lane.WriteAsync(scope =>
        {
            using var forget = scope.Command("DELETE FROM patron_names");
            forget.ExecuteNonQuery();
            using var undone = scope.Command("DELETE FROM sweeps WHERE name = 'patron-names'");
            undone.ExecuteNonQuery();
        });
        Assert.Empty((await SearchAsync(register, request => request.NamePrefix = "koivu")).Patrons);

        await register.RestartAsync();

        Assert.Equal(3, (await SearchAsync(register, request => request.NamePrefix = "koivu")).Patrons.Count);
    }

    [Fact]
    public async Task R27_Patrons_of_another_consortium_in_the_same_store_are_not_there()
    {
        await using var register = await TestRegister.StartAsync();
        await register.Core.Lane.WriteAsync(scope =>
        {
            var stranger = new PatronRow { Consortium = "other", CustomerId = "1001", Surname = "Koivunen", FirstNames = "Aino", DateOfBirth = "1990-05-01", PatronGroup = "adult" };
            scope.Db.Add(stranger);
            scope.Db.SaveChanges();
            scope.Db.Add(new PatronNameRow { Consortium = "other", Name = "koivunen aino", PatronId = stranger.PatronId });
        });

        Assert.Empty((await SearchAsync(register, request => request.NamePrefix = "koivu")).Patrons);
        Assert.Empty((await SearchAsync(register, request => request.CustomerIdPrefix = "1001")).Patrons);
        Assert.Empty((await SearchAsync(register, request => request.DateOfBirth = "1990-05-01")).Patrons);
        await Refusals.RefusedAsync(StatusCode.NotFound, "patron", () => register.GetAsync("1001"));
        await Refusals.RefusedAsync(StatusCode.NotFound, "patron", () => register.Notes.ListNotes(new ListNotesRequest { CustomerId = "1001" }, TestCall.Admin()));
        await Refusals.RefusedAsync(StatusCode.NotFound, "patron", () => register.Consents.ListConsents(new ListConsentsRequest { CustomerId = "1001" }, TestCall.Admin()));
    }

    [Fact]
    public async Task R42_The_token_of_the_next_page_does_not_tell_the_name_at_which_it_begins()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("10001", 1);
        await register.PatronAsync("10002", 2);

        var token = (await SearchAsync(register, request => (request.NamePrefix, request.PageSize) = ("koivu", 1))).NextPageToken;

        Assert.NotEmpty(token);
        Assert.DoesNotContain(Convert.ToHexString("koivu"u8), token, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("koivu", token, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Convert.ToBase64String("koivu"u8)[..6], token, StringComparison.Ordinal);
    }

    private static Task<UpsertPatronResponse> NamedAsync(TestRegister register, string id, string surname, string firstNames)
    {
        var patron = new Patron { CustomerId = id, Surname = surname, FirstNames = firstNames, DateOfBirth = "1990-05-01", Group = "adult" };
        return register.Patrons.UpsertPatron(new UpsertPatronRequest { Patron = patron }, TestCall.Admin());
    }

    private static async Task<SearchPatronsResponse> SearchAsync(TestRegister register, Action<SearchPatronsRequest> by, ServerCallContext? call = null)
    {
        var request = new SearchPatronsRequest();
        by(request);
        return await register.Patrons.SearchPatrons(request, call ?? TestCall.Admin());
    }

    private static IEnumerable<string> Ids(SearchPatronsResponse page) => page.Patrons.Select(patron => patron.CustomerId);
}
