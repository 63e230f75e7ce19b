using System.Text.RegularExpressions;
using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;
using KioskLink.Register.Circulation;
using KioskLink.Register.Console.Texts;
using KioskLink.Register.Identity;
using KioskLink.Register.PatronNotes;
using KioskLink.Register.Profiles;
using KioskLink.Register.Rights;
using KioskLink.Testing;

namespace KioskLink.Register.Tests.Rights;

/// <summary>The document of an export has words for everything that an export can tell (R74). The parts are found in the sources.</summary>
public sealed partial class ExportWordsTests
{
    private static readonly string[] Languages = ["fi", "sv", "en"];

    // What a field's codes may be, family by family.
    private static readonly Dictionary<string, IEnumerable<string>> Codes = new(StringComparer.Ordinal)
    {
        ["flag"] = ["yes", "no"],
        ["role"] = [.. Enum.GetValues<CallerRole>().Select(RoleNames.Of), "system", "register", "staff"],
        ["ban"] = Names<BanKind>(),
        ["code"] = Names<DecisionCode>(),
        ["outcome"] = Names<Outcome>(),
        ["gender"] = Names<Gender>(),
        ["language"] = Names<Language>(),
        // No notice is sent, and none chosen, of no kind.
        ["noticeKind"] = Names<NoticeKind>().Except(["Unspecified"]),
        ["noticeChannel"] = Names<NoticeChannel>(),
        ["consentKind"] = Names<ConsentKind>(),
        ["consentAct"] = Names<ConsentAct>(),
        ["consentChannel"] = Names<ConsentChannel>(),
        ["requestKind"] = Names<RequestKind>(),
        ["requestState"] = Names<RequestState>(),
        ["applicationIs"] = Names<ApplicationState>(),
        ["disclosure"] = Names<DisclosureKind>(),
        ["messageDirection"] = Names<MessageDirection>(),
        ["noteDeed"] = NotedDeed.All,
        ["responsibleRole"] = Names<ResponsibleRole>(),
        ["origin"] = Names<RectifyOrigin>(),
        ["loanReason"] = Names<Rules.Loans.LoanReason>(),
        ["loanAct"] = [ActKind.CheckOut, ActKind.CheckIn, ActKind.Renew, ActKind.RenewAll, ActKind.Hold, ActKind.Pay],
        ["feeKind"] = ["late", "reminder", "lost", "card", "other"],
        ["payment"] = ["cash", "card", "account", "other"],
        ["addressStatus"] = ["ok", "withheld", "unknown"],
        ["applicationChannel"] = ["web", "paper", "desk"],
        ["saidBy"] = ["desk", "letter", "web"],
        ["channel"] = OfProfiles(profile => profile.Requests.Channels.Where(channel => !channel.Any(letter => letter is '@' || char.IsDigit(letter)))),
        ["identity"] = OfProfiles(profile => profile.Requests.IdentityProofs),
        ["cameraReason"] = OfProfiles(profile => profile.Camera?.Reasons ?? []),
        ["purpose"] = OfProfiles(profile => profile.Purposes),
        ["group"] = OfProfiles(profile => profile.Groups.Select(group => group.Code)),
        ["disclosed"] = ["name", "address", "phone", "email", "identity_code", "date_of_birth", "material", "sum", "due_date", "title", "price"],
        ["field"] = ["surname", "first_names", "date_of_birth", "identity_code", "language", "home_branch", .. ContactCorrection.Fields],
        ["said"] = ["all", "named (masked)", "nothing", "the node is away", "holds no facts", "holds facts of version", "the act's patron", "the patron before", "the patron's permission", "door facts and a keyed token; no name, no card number"],
        ["class"] = ClassesInTheSources(),
        ["call"] = [.. ServicesInTheProtos(), "patron-notices", "retention", "erasure", "read", "done"],
        ["result"] = ["OK", "STARTED", "STORED", "PERMISSION_DENIED", "failed"],
    };

    private static readonly Dictionary<string, List<string>> Parts = PartsInTheSources();

    public static TheoryData<string> Titles => new(Parts.Keys);

    public static TheoryData<string> Families => new(ExportFields.Families);

    [Theory]
    [MemberData(nameof(Titles))]
    public void R74_A_part_of_an_export_and_each_of_its_fields_have_words_in_each_language(string title)
    {
        foreach (var words in new[] { Rules.Access.Language.Fi, Rules.Access.Language.Sv, Rules.Access.Language.En }.Select(language => new ExportWords(language)))
        {
            Assert.False(string.IsNullOrWhiteSpace(words.Title(title)));
            Assert.DoesNotContain(Parts[title], field => string.IsNullOrWhiteSpace(words.Name(title, field)));
        }
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void R74_A_coded_value_of_an_export_has_words_in_each_language(string family) => Assert.Empty(
        from language in Languages
        from code in Codes[family]
        where ExportCodes.Of(new ConsoleTexts().In(language), family, code) is null
        select $"{language}: {family}.{code}");

    [Fact]
    public void The_words_of_an_export_name_no_part_that_none_gives() =>
        Assert.Equal(Parts.Keys.Order(StringComparer.Ordinal), ExportFields.Titles.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("ITEM_ON_LOAN", "Nide on lainassa toisella")]
    [InlineData("DONE", "Tehty")]
    public void A_reason_as_the_wire_writes_it_reads_as_on_the_pages(string code, string words) =>
        Assert.StartsWith(words[..4], Reading.LoanReason.Of(new ConsoleTexts().In("fi"), code), StringComparison.Ordinal);

    [Theory]
    [InlineData("PatronService/GetPatron", "asiakastiedot: katsottu")]
    [InlineData("PatronService/UpsertPatron", "asiakastiedot: käsitelty")]
    [InlineData("AccessService/AuthorizeEntry", "pääsy ovesta ratkaistu")]
    public void A_call_reads_as_what_it_was_about_and_what_was_done(string call, string words) =>
        Assert.Equal(words, Reading.Action.Of(new ConsoleTexts().In("fi"), call));

    [Theory]
    [InlineData(Language.Fi, "<th scope=\"row\">Asiointikieli</th><td>ruotsi</td>", "<th scope=\"row\">Entinen tieto</th><td>englanti</td>", "<td>kyllä</td>")]
    [InlineData(Language.Sv, "<th scope=\"row\">Servicespråk</th><td>svenska</td>", "<th scope=\"row\">Tidigare uppgift</th><td>engelska</td>", "<td>ja</td>")]
    public async Task R74_The_document_of_a_patron_tells_names_and_values_in_words(Language language, params string[] told)
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("10001", 1, patron => (patron.Language, patron.Group, patron.FeesCents) = (Language.En, "home-service", 1250));
        await register.EnterAsync(TestRegister.CardNumber(1));
        await register.BanAsync("10001", BanKind.Loan, ban => ban.DecidedBy = "Kirjastotoimenjohtaja");
        await register.Notes.AddNote(new AddNoteRequest { CustomerId = "10001", Note = new PatronNote { Body = "vapaa teksti", Unsettled = true } }, TestCall.Admin());
        await register.Service<Register.Rights.DataSubjectService>().RectifySubject(
            new RectifySubjectRequest { CustomerId = "10001", Changes = { new FieldChange { Field = "language", NewValue = "sv" } } }, TestCall.Admin());

        var html = System.Net.WebUtility.HtmlDecode((await register.ExportAsync(language: language)).DocumentHtml.ToStringUtf8());

        Assert.All([.. told, "<td>12,50\u00a0€</td>"], cell => Assert.Contains(cell, html, StringComparison.Ordinal));
        Assert.DoesNotContain(Cells().Matches(html).Select(match => match.Groups["text"].Value), IsCode);
    }

    // Ids and what people wrote stay as they are: they hold no underscore, and are none of these.
    private static bool IsCode(string cell) => cell is "yes" or "no" or "all" or "admin" || cell.Contains('_', StringComparison.Ordinal) || Parts.ContainsKey(cell)
        || Codes.Where(family => family.Key is not ("said" or "call")).SelectMany(family => family.Value).Where(code => code.Length > 3 && char.IsUpper(code[0])).Contains(cell);

    private static string[] Names<T>()
        where T : struct, Enum => Enum.GetNames<T>();

    private static IEnumerable<string> OfProfiles(Func<ConsortiumProfile, IEnumerable<string>> codes) =>
        new[] { "lastu", "heili", "helmet" }.SelectMany(name => codes(ProfileReader.Load(name))).Distinct();

    private static IEnumerable<string> Sources(string folder = "") =>
        Directory.EnumerateFiles(Path.Combine(SolutionRoot.Path, "src/KioskLink.Register", folder), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText);

    private static IEnumerable<string> ServicesInTheProtos() =>
        Directory.EnumerateFiles(Path.Combine(SolutionRoot.Path, "protos/kiosklink/register/v1"), "*.proto").SelectMany(file => Service().Matches(File.ReadAllText(file))).Select(match => match.Groups["service"].Value);

    private static List<string> ClassesInTheSources() => [.. Sources().SelectMany(source => Class().Matches(source)).Select(match => match.Groups["class"].Value.Split(' ')[0]).Distinct()];

    private static Dictionary<string, List<string>> PartsInTheSources()
    {
        var parts = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var source in Sources().Where(source => source.Contains("SubjectPart", StringComparison.Ordinal)))
        {
            foreach (Match part in Part().Matches(source))
            {
                var fields = Field().Matches(Arguments(source, part.Index)[part.Length..]).SelectMany(match => match.Groups["field"].Captures).Select(capture => capture.Value);
                parts[part.Groups["title"].Value] = [.. fields];
            }
        }

        parts["application"].AddRange(Applicant.Descriptor.Fields.InDeclarationOrder().Select(field => field.Name));
        return parts;
    }

    // A call from its name to the parenthesis that closes it.
    private static string Arguments(string source, int start)
    {
        var depth = 0;
        for (var end = source.IndexOf('(', start); ; end++)
        {
            depth += source[end] switch { '(' => 1, ')' => -1, _ => 0 };
            if (depth == 0)
            {
                return source[start..end];
            }
        }
    }

    [GeneratedRegex("""(?:(?<!\w\.)\bOf|SubjectPart\.Of|new SubjectPart)\(\s*"(?<title>[a-z][a-z -]*)",""")]
    private static partial Regex Part();

    [GeneratedRegex("""(?:\(|new\()(?:[\w.]+ \? "(?<field>[a-z0-9_]+)" : )?"(?<field>[a-z0-9_]+)",""")]
    private static partial Regex Field();

    [GeneratedRegex("""(?:\.Fields\([^"\n]*|scope\.About\([^"\n]*| Fields = \$?|FieldsClass = |const string (?:Records|Notices) = )"(?<class>[a-z][a-z-]*)""")]
    private static partial Regex Class();

    [GeneratedRegex("^service (?<service>\\w+) ", RegexOptions.Multiline)]
    private static partial Regex Service();

    [GeneratedRegex("<(?:th[^>]*|td|caption)>(?<text>[^<]*)<")]
    private static partial Regex Cells();
}
